import type { RouteDefinition } from '@solidjs/router'
import { type Component, lazy } from 'solid-js'
import { LiveView } from './live/liveView.tsx'
import { NotFound } from './notFound.tsx'
import type { Permission } from './viewer.ts'

/** A view: what is shown at an address. */
export interface View {
  /** Its address, with parameters: `/development/:ref`. */
  readonly path: string
  readonly component: Component
  /** Its name in the menu; absent: it is not in the menu. */
  readonly name?: string
  /** What somebody must be allowed to do to find it there; absent: nothing. */
  readonly takes?: Permission
}

/**
 * All views, the menu's in the menu's order. A view is the default export of a file of its own, loaded when it is opened;
 * only the live column comes with the page.
 */
export const views: readonly View[] = [
  { path: '/', name: 'Live', component: LiveView },
  { path: '/process', name: 'Process', component: lazy(() => import('./process/processView.tsx')) },
  { path: '/timeline', name: 'Timeline', component: lazy(() => import('./timeline/timelineView.tsx')) },
  { path: '/map', name: 'Map', component: lazy(() => import('./map/mapView.tsx')) },
  {
    path: '/disagreements',
    name: 'Disagreements',
    component: lazy(() => import('./disagreements/disagreementsView.tsx')),
  },
  { path: '/desk', name: 'Desk', takes: 'mayIngest', component: lazy(() => import('./desk/deskView.tsx')) },
  { path: '/search', component: lazy(() => import('./search/searchView.tsx')) },
  { path: '/development/:ref', component: lazy(() => import('./development/developmentView.tsx')) },
]

export const routes: RouteDefinition[] = [
  ...views.map(({ path, component }) => ({ path, component })),
  { path: '*', component: NotFound },
]
