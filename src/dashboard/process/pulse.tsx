import { For, type JSX, Show } from 'solid-js'
import { graphql } from '../graphql.ts'
import { dayInWords } from '../moment.ts'
import { counted } from '../words.ts'
import { Headline } from './headline.tsx'
import { Part } from './part.tsx'

const PulseOf = graphql(`
  query Pulse($process: String!, $asOf: DateTime) {
    process(ref: $process, asOf: $asOf) {
      pulse {
        day
        lastTalk { daysAtLeast daysAtMost talks { ref headline } }
        undatedTalkCount
        declinedCount
        declinedCertainlyCount
        declined { certain declinedBy { name } talk { ref headline } }
        openPledgeCount
        overduePledgeCount
        overduePledges { days pledge { ref headline } }
        pendingExchangeCount
        pendingExchanges { ref headline }
      }
    }
  }
`)

/** How the process stands on a day, in four numbers, each with the developments behind it. */
export function Pulse(props: { process: string }) {
  return (
    <Part id="pulse" title="The pulse" question={PulseOf} process={props.process}>
      {(data) => (
        <Show when={data().process?.pulse} fallback={<p class="pending">The record then knew no such process.</p>}>
          {(pulse) => (
            <>
              <p class="count">On {dayInWords(pulse().day)}, by the record’s days (UTC)</p>
              <div class="tiles">
                <Tile
                  name={pulse().lastTalk ? 'days since the last talk held' : 'talk held so far'}
                  value={pulse().lastTalk ? between(pulse().lastTalk?.daysAtLeast, pulse().lastTalk?.daysAtMost) : 'No'}
                >
                  <Show when={(pulse().lastTalk?.talks.length ?? 0) > 1}>
                    <p>Any of these may have been the last; no report gives its day:</p>
                  </Show>
                  <ul>
                    <For each={pulse().lastTalk?.talks}>
                      {(talk) => (
                        <li>
                          <Headline of={talk} />
                        </li>
                      )}
                    </For>
                  </ul>
                  <Show when={pulse().undatedTalkCount > 0}>
                    <p>
                      {counted(pulse().undatedTalkCount, 'more talk was', 'more talks were')} held at an untold time.
                    </p>
                  </Show>
                </Tile>
                <Tile
                  name={`${pulse().declinedCount === 1 ? 'talk' : 'talks'} declined since`}
                  value={between(pulse().declinedCertainlyCount, pulse().declinedCount)}
                >
                  <ul>
                    <For each={pulse().declined}>
                      {({ talk, declinedBy, certain }) => (
                        <li>
                          <Show when={talk}>{(it) => <Headline of={it()} />}</Show>{' '}
                          <span class="facts">
                            <bdi>{declinedBy.map(({ name }) => name).join(', ')}</bdi>
                            <Show when={!certain}>
                              <span>perhaps before the last talk</span>
                            </Show>
                          </span>
                        </li>
                      )}
                    </For>
                  </ul>
                </Tile>
                <Tile
                  name={`open ${pulse().openPledgeCount === 1 ? 'pledge' : 'pledges'}`}
                  value={`${pulse().openPledgeCount}`}
                >
                  <p classList={{ overdue: pulse().overduePledgeCount > 0 }}>
                    {pulse().overduePledgeCount === 0 ? 'None overdue' : `${pulse().overduePledgeCount} overdue`}
                  </p>
                  <ul>
                    <For each={pulse().overduePledges}>
                      {({ pledge, days }) => (
                        <li>
                          <Show when={pledge}>{(it) => <Headline of={it()} />}</Show> by {counted(days, 'day')}
                        </li>
                      )}
                    </For>
                  </ul>
                </Tile>
                <Tile
                  name={`${pulse().pendingExchangeCount === 1 ? 'exchange' : 'exchanges'} agreed and not carried out`}
                  value={`${pulse().pendingExchangeCount}`}
                >
                  <ul>
                    <For each={pulse().pendingExchanges}>
                      {(exchange) => (
                        <li>
                          <Headline of={exchange} />
                        </li>
                      )}
                    </For>
                  </ul>
                </Tile>
              </div>
            </>
          )}
        </Show>
      )}
    </Part>
  )
}

function Tile(props: { name: string; value: string; children: JSX.Element }) {
  return (
    <div class="tile">
      <p>
        <strong class="number">{props.value}</strong> {props.name}
      </p>
      {props.children}
    </div>
  )
}

const number = new Intl.NumberFormat('en-GB')

/** What is certain and what may be: "12", "10–14", "at least 10". */
function between(least: number | undefined, most: number | null | undefined): string {
  if (least === undefined) return ''
  if (most == null) return `at least ${number.format(least)}`
  return least === most ? number.format(least) : `${number.format(least)}–${number.format(most)}`
}
