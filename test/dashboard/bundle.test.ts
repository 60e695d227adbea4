import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/files.ts'

const KILOBYTE = 1000
const built = (path: string) => readFileSync(join(root, 'dist', 'dashboard', path))

test('the live column loads with less than 200 kilobytes, packed', () => {
  const page = built('index.html').toString()
  const parts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path as string)
  expect(parts.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(0)
  expect(parts.filter((path) => path.endsWith('.css')).length).toBeGreaterThan(0)
  for (const packing of ['br', 'gz']) {
    const size = [...parts, 'index.html'].reduce((sum, path) => sum + built(`${path}.${packing}`).byteLength, 0)
    expect(size).toBeLessThan(200 * KILOBYTE)
  }
})

test('the page names nothing that is elsewhere, and has no script or style within it', () => {
  const page = built('index.html').toString()
  expect(page).not.toMatch(/(?:src|href)="(?!\/)/)
  expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\bstyle=|\bon\w+=/)
})
