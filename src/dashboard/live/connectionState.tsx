import { Match, Show, Switch } from 'solid-js'
import { momentInWords } from '../moment.ts'
import { counted } from '../words.ts'
import type { Connection } from './connection.ts'
import { useFeed } from './feedContext.ts'

/** It, if it is so. */
function as<Is extends Connection['is']>(is: Is, connection: Connection) {
  return connection.is === is && (connection as Extract<Connection, { is: Is }>)
}

/** Says in the header how the page stands to the server. */
export function ConnectionState() {
  const { connection } = useFeed()
  return (
    <p class="connection" data-connection={connection().is} role="status" aria-label="Connection">
      <span class="lamp" aria-hidden="true" />
      <Switch>
        <Match when={as('connecting', connection())}>Connecting …</Match>
        <Match when={as('catching up', connection())}>
          {(catching) => <>Catching up{catching().behind === null ? ' …' : `: ${catching().behind} to go`}</>}
        </Match>
        <Match when={as('live', connection())}>
          {(live) => (
            <>
              Live
              <Show when={live().resumed}>
                {(resumed) => (
                  <span class="resumed">
                    , resumed {momentInWords(resumed().at)}:{' '}
                    {resumed().missed === 0 ? 'nothing missed' : `${counted(resumed().missed, 'change')} caught up`}
                  </span>
                )}
              </Show>
            </>
          )}
        </Match>
        <Match when={as('offline', connection())}>
          {(offline) => (
            <>
              <strong>Offline since {momentInWords(offline().since)}</strong>
              <span class="resumed">
                {offline().nextTry === null
                  ? ', connecting …'
                  : `, next try ${seconds.format(offline().nextTry as Date)}`}
              </span>
            </>
          )}
        </Match>
        <Match when={as('refused', connection())}>
          {(refused) => (
            <>
              <strong>Not connected</strong>: {refused().code === 'UNAUTHENTICATED' ? 'a key is needed' : refused().why}
            </>
          )}
        </Match>
      </Switch>
    </p>
  )
}

const seconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
