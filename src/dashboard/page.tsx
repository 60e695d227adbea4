import type { RouteSectionProps } from '@solidjs/router'
import { createEffect, createMemo, ErrorBoundary, For, on, Suspense } from 'solid-js'
import { Access } from './access.tsx'
import { Announcer } from './announcer.tsx'
import { AsOf } from './asOf.tsx'
import { Help } from './help.tsx'
import { ConnectionState } from './live/connectionState.tsx'
import { openFeed } from './live/feed.ts'
import { FeedContext } from './live/feedContext.ts'
import { useLiveFilter } from './live/filter.ts'
import { SearchField } from './searchField.tsx'
import { listenForShortcuts } from './shortcuts.ts'
import { keepTitle } from './title.ts'
import { keepViewer, mayOpen } from './viewer.ts'
import { ViewLink } from './viewLink.tsx'
import { useViewpoint } from './viewpoint.ts'
import { views } from './views.ts'

/** What stands around every view. */
export function Page(props: RouteSectionProps) {
  let main!: HTMLElement
  const { day } = useViewpoint()
  const { filter } = useLiveFilter()
  // Other views have their own, of the same names: they follow everything.
  const shown = createMemo(() => (props.location.pathname === '/' ? filter() : null))
  const feed = openFeed({ isPast: () => day() !== null, filter: shown })
  listenForShortcuts()
  keepTitle()
  keepViewer(() => feed.connection().is === 'live')
  // Who goes to another view with the keyboard goes on there.
  createEffect(
    on(
      () => props.location.pathname,
      () => main.focus({ preventScroll: true }),
      { defer: true },
    ),
  )
  return (
    <FeedContext.Provider value={feed}>
      <a class="skip" href="#main" target="_self">
        Skip to the content
      </a>
      <header class="top">
        <p class="name">
          <ViewLink to="/">Parley</ViewLink>
        </p>
        <nav aria-label="Views">
          <ul>
            <For each={views.filter((view) => view.name !== undefined && mayOpen(view))}>
              {({ path, name }) => (
                <li>
                  <ViewLink to={path}>{name}</ViewLink>
                </li>
              )}
            </For>
          </ul>
        </nav>
        <SearchField />
        <ConnectionState />
        <div class="page-tools">
          <Access />
          <Help />
        </div>
      </header>
      <AsOf />
      <main id="main" ref={main} tabindex="-1">
        <ErrorBoundary fallback={broken}>
          <Suspense fallback={<p class="pending">Loading …</p>}>{props.children}</Suspense>
        </ErrorBoundary>
      </main>
      <Announcer />
    </FeedContext.Provider>
  )
}

/** Also after an update of the server, whose older parts of the page are gone. */
function broken(error: unknown) {
  console.error(error)
  return (
    <p class="problem" role="alert">
      This view failed ({String(error)}).{' '}
      <button type="button" onClick={() => location.reload()}>
        Load the page anew
      </button>
    </p>
  )
}
