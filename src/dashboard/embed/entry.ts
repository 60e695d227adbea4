import { developmentAddress } from '../addresses.ts'
import { figureInWords, stageInWords } from '../development/figure.ts'
import { tellersOf } from '../development/tellers.ts'
import { actionInWords } from '../live/arrival.ts'
import { isUncertain, type WhenFields, whenInWords } from '../moment.ts'
import { capitalised, counted, inWords } from '../words.ts'
import { node } from './node.ts'
import type { EmbeddedChange, EmbeddedDevelopment } from './shown.ts'

/** What a reader should know of a development whenever it came: more evidence of it is news only as it comes. */
const lasting = new Set(['CORRECTED', 'RETRACTED', 'REINSTATED'])

/**
 * A development in the element's list.
 * @param now.home where its page is, on the server
 * @param now.isNew it has come just now
 */
export function entryOf(
  { ref, action }: EmbeddedChange,
  of: EmbeddedDevelopment,
  { home, isNew }: { readonly home: URL; readonly isNew: boolean },
): HTMLLIElement {
  const kind = `kind-${of.kind.toLowerCase()}`
  const address = new URL(`.${developmentAddress(ref)}`, home).href
  const link = node('a', { part: 'link', href: address, target: '_top', 'data-ref': ref }, of.headline)
  return node(
    'li',
    { part: `item ${kind}`, class: isNew ? `${kind} new` : kind, 'data-ref': ref },
    node(
      'p',
      { part: 'marks' },
      node('span', { part: 'kind' }, capitalised(of.kind)),
      of.status && node('span', { part: 'status' }, inWords(of.status)),
      !isNew && !lasting.has(action) ? null : node('span', { part: 'action' }, actionInWords(action)),
    ),
    node('h3', { part: 'headline', dir: 'auto' }, link),
    contentOf(of),
    factsOf(of),
  )
}

function contentOf(of: EmbeddedDevelopment): HTMLElement | null {
  if (of.__typename === 'Tombstone') return node('p', { part: 'content' }, `Withdrawn: ${of.reason}`)
  if (of.__typename === 'Exchange') {
    const legs = of.legs.map(({ releasedBy, receivedBy, category, count }) =>
      node(
        'li',
        {},
        `${releasedBy.name} → ${receivedBy.name}: `,
        node('strong', {}, figureInWords(count)),
        ` ${category ?? ''}`,
        count?.stage ? node('em', {}, ` ${stageInWords(count.stage)}`) : null,
      ),
    )
    return node('ul', { part: 'content' }, ...legs)
  }
  const declined = of.__typename === 'Talk' ? of.invitations.filter(({ response }) => response !== 'NO_ANSWER') : []
  if (declined.length > 0) {
    const answers = declined.map(({ invitee, response, reason }) =>
      node('li', {}, `${invitee.name} `, node('strong', {}, inWords(response)), reason ? `: ${reason}` : ''),
    )
    return node('ul', { part: 'content' }, ...answers)
  }
  const quotation = of.citations.find((citation) => citation.quotation !== null)?.quotation
  return quotation ? node('p', { part: 'content', dir: 'auto' }, node('q', {}, quotation)) : null
}

function factsOf(of: EmbeddedDevelopment): HTMLElement {
  const tellers = tellersOf(of).map(({ outlet }) => outlet)
  return node(
    'p',
    { part: 'facts' },
    of.when &&
      node(
        'time',
        { part: 'when', datetime: (of.when.earliest ?? of.when.latest ?? '').slice(0, 10) },
        whenOf(of.when),
      ),
    node('span', { part: 'tellers', dir: 'auto' }, tellers.join(', ')),
    node('span', { part: 'sources' }, counted(of.independentSourceCount, 'independent source')),
  )
}

/** A date, and how the source says it if it is uncertain. */
function whenOf(when: WhenFields): string {
  const words = whenInWords(when)
  const { asReported } = when
  return isUncertain(when) && asReported && asReported !== words ? `${words} (“${asReported}”)` : words
}
