import { stringifyDocument } from '@urql/core'
import { type Feed, FollowRefused, follow, type State } from '../../client/follow.ts'
import { actionInWords } from '../live/arrival.ts'
import { entryOf } from './entry.ts'
import { node } from './node.ts'
import { type EmbeddedChange, Embedding } from './shown.ts'
import { styleSheet } from './style.ts'

/** How many developments it shows unless told. */
const LIMIT = 10
const MOST = 100
/** One development can have several of the last changes: so many more are asked for. */
const CHANGES_EACH = 3
// A script of one's own, loaded from the server that it follows.
const { origin } = new URL(import.meta.url)
const sheet = styleSheet()

/**
 * `<parley-feed>`: the newest developments of a Parley server, live, in the page of somebody else. Its attributes,
 * properties of style, parts and events are in docs/embedding.md.
 */
export class ParleyFeed extends HTMLElement {
  static readonly observedAttributes = ['src', 'process', 'kind', 'limit', 'heading']
  readonly #list = node('ol', { part: 'list' })
  readonly #heading = node('h2', { part: 'heading', id: 'heading' })
  readonly #state = node('p', { part: 'state' })
  readonly #said = node('p', { class: 'unseen', role: 'status' })
  readonly #rows = new Map<string, HTMLLIElement>()
  #feed: Feed<EmbeddedChange> | undefined
  #isQueued = false

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet]
    const head = node('header', { part: 'head' }, this.#heading, this.#state)
    root.append(node('section', { 'aria-labelledby': 'heading', lang: 'en', dir: 'ltr' }, head, this.#list, this.#said))
    this.#list.addEventListener('click', (event) => this.#open(event))
  }

  connectedCallback(): void {
    this.#begin()
  }

  disconnectedCallback(): void {
    void this.#feed?.close()
    this.#feed = undefined
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#begin()
  }

  /** Several attributes may change at once. */
  #begin(): void {
    if (this.#isQueued) return
    this.#isQueued = true
    queueMicrotask(() => {
      this.#isQueued = false
      void this.#feed?.close()
      this.#feed = undefined
      this.#rows.clear()
      this.#list.replaceChildren()
      this.#heading.textContent = this.getAttribute('heading') ?? 'Latest developments'
      if (this.isConnected) void this.#follow()
    })
  }

  get #home(): URL {
    const home = new URL(this.getAttribute('src') || origin, document.baseURI)
    if (!home.pathname.endsWith('/')) home.pathname += '/'
    return home
  }

  get #limit(): number {
    const limit = Number(this.getAttribute('limit') ?? LIMIT)
    return Number.isInteger(limit) && limit > 0 ? Math.min(limit, MOST) : LIMIT
  }

  get #filter(): Record<string, unknown> | null {
    const list = (name: string) => (this.getAttribute(name) ?? '').split(/[\s,]+/).filter((word) => word !== '')
    const [process, kind] = [list('process'), list('kind').map((word) => word.toUpperCase())]
    const filter = { ...(process.length > 0 && { process }), ...(kind.length > 0 && { kind }) }
    return Object.keys(filter).length === 0 ? null : filter
  }

  async #follow(): Promise<void> {
    let feed: Feed<EmbeddedChange>
    try {
      const home = this.#home
      const url = new URL('graphql', home).href.replace(/^http/, 'ws')
      feed = follow<EmbeddedChange>({
        ...{ url, query: stringifyDocument(Embedding), variables: { filter: this.#filter } },
        last: this.#limit * CHANGES_EACH,
        onState: (state) => feed === this.#feed && this.#tell(state),
      })
      this.#feed = feed
      for await (const change of feed) if (feed === this.#feed) this.#show(change, home, feed.state.is === 'live')
    } catch (error) {
      const isRefused = error instanceof FollowRefused
      this.#state.textContent = `Not shown: ${isRefused ? error.message : 'this page names no server that can be followed.'}`
      this.dispatchEvent(new CustomEvent('parley-error', { detail: { error } }))
    }
  }

  #show(change: EmbeddedChange, home: URL, isNew: boolean): void {
    const { ref, action, development } = change
    this.#rows.get(ref)?.remove()
    this.#rows.delete(ref)
    const isGone = action === 'LEFT_FILTER' || action === 'MERGED'
    if (development !== null && !isGone) {
      const row = entryOf(change, development, { home, isNew })
      this.#rows.set(ref, row)
      this.#list.prepend(row)
    }
    this.#keep()
    if (!isNew || development === null || isGone) return
    this.#state.textContent = 'Live'
    this.#said.textContent = `${actionInWords(action)}: ${development.headline}`
    this.dispatchEvent(new CustomEvent('parley-change', { bubbles: true, detail: { ref, action } }))
  }

  /** Shows as many as it may. Those below wait, for where one above goes. */
  #keep(): void {
    const [oldest] = this.#rows
    if (oldest && this.#rows.size > this.#limit * CHANGES_EACH) {
      oldest[1].remove()
      this.#rows.delete(oldest[0])
    }
    for (const [i, row] of [...this.#rows.values()].reverse().entries()) row.hidden = i >= this.#limit
  }

  #tell({ is }: State): void {
    this.dataset.state = is
    if (is === 'live') this.#state.textContent = this.#rows.size === 0 ? 'Live. Nothing is told yet.' : 'Live'
    else this.#state.textContent = is === 'offline' ? 'Not connected; what comes is shown later.' : 'Connecting …'
  }

  /** The page may show a development in a way of its own. */
  #open(event: MouseEvent): void {
    const ref = (event.target as Element).closest('a')?.dataset.ref
    if (ref === undefined) return
    const detail = { ref }
    if (!this.dispatchEvent(new CustomEvent('parley-open', { bubbles: true, cancelable: true, detail }))) {
      event.preventDefault()
    }
  }
}

if (!customElements.get('parley-feed')) customElements.define('parley-feed', ParleyFeed)
