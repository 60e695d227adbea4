import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { openProgress } from '../../src/cli/progress.ts'

function terminal(isTTY: boolean): NodeJS.WriteStream & PassThrough {
  return Object.assign(new PassThrough(), { isTTY, columns: 20 }) as unknown as NodeJS.WriteStream & PassThrough
}

describe('the progress', () => {
  it('is one line of a terminal, as wide as that, with everything else above it', () => {
    const stream = terminal(true)
    let time = 0
    const progress = openProgress(stream, () => time)
    progress.show('1 document')
    progress.show('2 documents: too soon to be worth it')
    time += 100
    progress.show('3 documents, of which one has a long name')
    progress.print('A line')
    progress.end()
    const clear = '\r\u001b[K'
    expect(stream.read().toString()).toBe(`${clear}1 document${clear}3 documents, of whi${clear}A line\n${clear}`)
  })

  it('is a bar where it is known how much there is to do', () => {
    const stream = Object.assign(terminal(true), { columns: 80 })
    let time = 0
    const progress = openProgress(stream, () => time)
    for (const done of [0, 0.5, 1.2]) {
      progress.show('documents', done)
      time += 100
    }
    const lines = stream.read().toString().split('\r\u001b[K').slice(1)
    expect(lines).toEqual([
      `[${'·'.repeat(24)}] 0 % documents`,
      `[${'█'.repeat(12)}${'·'.repeat(12)}] 50 % documents`,
      `[${'█'.repeat(24)}] 100 % documents`,
    ])
  })

  it('is silent where there is no terminal', () => {
    const stream = terminal(false)
    const progress = openProgress(stream, () => 0)
    progress.show('1 document')
    progress.print('A line')
    progress.end()
    expect(stream.read().toString()).toBe('A line\n')
  })
})
