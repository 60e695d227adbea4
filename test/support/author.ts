import type { Viewer } from '../../src/feed/viewer.ts'
import type { Author } from '../../src/store/pen.ts'

/** Who writes in tests. */
export const tester: Author = { name: 'test', address: '127.0.0.1' }

/** Who asks in tests, unless told: it may do everything. */
export const admin: Viewer = { scope: 'ADMIN', name: 'test' }
