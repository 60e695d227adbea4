import { hostname } from 'node:os'
import type { Author } from '../src/store/pen.ts'

/** Whom the audit trail names for what a benchmark writes. */
export const author: Author = { name: 'benchmark', address: hostname() }
