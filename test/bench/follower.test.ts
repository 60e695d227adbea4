import { describe, expect, it } from 'vitest'
import { type Follower, take } from '../../bench/feed/follower.ts'
import { positionIn } from '../../bench/feed/position.ts'

const change = (position: number, more = '') =>
  `{"id":"x","type":"next","payload":{"data":{"developments":{"cursor":"MQ","position":${position},"previousPosition":${position - 1},"action":"CREATED"${more}}}}}`
const status = (position: number) =>
  `{"id":"x","type":"next","payload":{"data":{"developments":{"cursor":"MQ","position":${position},"previousPosition":${position}}}}}`

const send = (follower: Follower, text: string) => take(follower, Buffer.from(text), 0, Buffer.byteLength(text))
const started = (): Follower => {
  const follower = { last: -1, changes: 0 }
  for (const text of [status(6), change(7)]) send(follower, text)
  return follower
}

describe('a follower of the benchmark', () => {
  it('counts changes, and no status', () => {
    const follower = { last: -1, changes: 0 }
    const texts = [status(6), status(6), change(7), status(7), change(8)]
    expect(texts.map((text) => send(follower, text))).toEqual([-1, -1, 7, -1, 8])
    expect(follower).toEqual({ last: 8, changes: 2 })
  })

  it('fails at a loss, a repetition, a status from beyond, an error, an end', () => {
    for (const text of [
      change(9),
      change(7),
      change(6),
      status(8),
      '{"id":"x","type":"next","payload":{"errors":[{"message":"no"}],"data":null}}',
      '{"id":"x","type":"complete"}',
      'what is this',
    ]) {
      expect(() => send(started(), text), text).toThrow()
    }
  })

  it('reads a whole message now and then: an error beside the data is found', () => {
    const follower = started()
    const text = (position: number) => change(position).replace('"payload":{', '"payload":{"errors":[],')
    expect(() => {
      for (let position = 8; position < 1000; position++) send(follower, text(position))
    }).toThrow('errors')
  })
})

describe('the position', () => {
  it('is read from its own message only, wherever it stands', () => {
    const texts = [change(12), '{"no":1}', `{"longer":"${'y'.repeat(40)}","position":345}`, change(6)]
    const buffer = Buffer.from(texts.join(''))
    let start = 0
    const found = texts.map((text) => {
      const end = start + text.length
      const position = positionIn(buffer, start, end)
      start = end
      return position
    })
    expect(found).toEqual([12, -1, 345, 6])
  })
})
