import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

const page = read('src/feed/FEED.md')
const promises = page
  .split(/^### /m)
  .slice(1)
  .map((section) => ({
    number: section.slice(0, section.indexOf(' ')),
    tests: [...section.matchAll(/^- `(.+?)`: (.+)$/gm)].map(([, file, title]) => ({ file, title }) as const),
  }))

describe('FEED.md', () => {
  it('lists the twelve promises', () => {
    expect(promises.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, i) => `F${i + 1}`))
  })

  it.each(promises)(
    'names tests that keep $number, at least one of which says so in its title',
    ({ number, tests }) => {
      expect(tests.some(({ title }) => title?.startsWith(`${number} `))).toBe(true)
      for (const { file, title } of tests) expect(read(file as string), `${file}: ${title}`).toContain(`${title}`)
    },
  )
})
