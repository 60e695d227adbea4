import { expect, test } from 'vitest'
import { makeBuffer } from '../../src/client/buffer.ts'
import type { Frame } from '../../src/client/contiguity.ts'

const change = (position: number): Frame => ({
  ...{ cursor: `c${position}`, position, previousPosition: position - 1, status: null, data: {}, errors: [] },
})
const status = (position: number, state = 'HEARTBEAT'): Frame => ({
  ...change(position),
  status: { state, head: `c${position}`, headPosition: position },
})
const waiting = (frame: Frame, caughtUpBy: object | null = null) => ({ frame, caughtUpBy })

test('of statuses in a row it keeps one, which says what all of them said: nothing adds up while nobody takes', () => {
  const buffer = makeBuffer(10)
  const connection = {}
  buffer.add(waiting(change(1)))
  buffer.add(waiting(status(1, 'CAUGHT_UP'), connection))
  for (let position = 2; position < 50; position++) buffer.add(waiting(status(position)))
  buffer.add(waiting(change(50)))
  expect(buffer.take()).toMatchObject({ frame: { position: 1 } })
  expect(buffer.take()).toMatchObject({ frame: { position: 49 }, caughtUpBy: connection })
  expect(buffer.take()).toMatchObject({ frame: { position: 50 }, caughtUpBy: null })
  expect(buffer.take()).toBeUndefined()
})

test('is full with so many changes, statuses not counted, and roomy again with half of them', async () => {
  const buffer = makeBuffer(4)
  for (const position of [1, 2, 3, 4]) {
    expect(buffer.isFull).toBe(false)
    buffer.add(waiting(change(position)))
    buffer.add(waiting(status(position)))
  }
  expect(buffer.isFull).toBe(true)
  let isRoomy = false
  const roomy = buffer.roomy().then(() => {
    isRoomy = true
  })
  buffer.take()
  await Promise.resolve()
  expect(isRoomy).toBe(false)
  buffer.take()
  buffer.take()
  await roomy
})
