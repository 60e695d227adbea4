import type { Filter } from '../../src/domain/filter.ts'
import type { Cursor } from '../../src/feed/cursor.ts'
import { Follower } from '../../src/feed/follower.ts'
import { type Group, openGroup } from '../../src/feed/group.ts'
import type { Subscription } from '../../src/feed/subscription.ts'
import { anonymous, type Viewer, type ViewerRole } from '../../src/feed/viewer.ts'
import { cursorAt } from './entries.ts'
import { encodeSent, type FakeLine, fakeLine } from './fakeLine.ts'
import type { FakeSource } from './fakeSource.ts'

export interface Following {
  readonly line: FakeLine
  readonly follower: Follower
  stop(): void
}

/** Groups over a source: one for each scope. */
export interface Groups {
  readonly open: ReadonlyMap<string, Group>
  follow(options?: { after?: Cursor; viewer?: Viewer; line?: FakeLine }): Following
}

/** Followers of one subscription; unless told, of everything. */
export function groupsOver(source: FakeSource, told: Partial<Subscription> = {}): Groups {
  const subscription: Subscription = { key: 'everything', filter: {}, encode: encodeSent, ...told }
  const open = new Map<string, Group>()
  function ofScope(scope: ViewerRole): Group {
    const known = open.get(scope)
    if (known !== undefined) return known
    const onEmpty = () => {
      open.delete(scope)
      source.groups.delete(group)
    }
    const group = openGroup({ source, subscription, scope, ofScope, onEmpty })
    open.set(scope, group)
    source.groups.add(group)
    return group
  }
  return {
    open,
    follow({ after = cursorAt(0), viewer = anonymous, line = fakeLine() } = {}) {
      const follower = new Follower({ source, group: ofScope(viewer.scope ?? 'READER'), viewer, line, after })
      return { line, follower, stop: () => follower.stop() }
    },
  }
}

/** One follower; unless told, of everything, from the beginning. */
export function following(
  source: FakeSource,
  { filter = {}, ...options }: { filter?: Filter; after?: Cursor; line?: FakeLine } = {},
): Following {
  return groupsOver(source, { filter }).follow(options)
}
