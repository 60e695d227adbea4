import type { Socket } from 'node:net'
import { clock } from './clock.ts'
import { followEventStream } from './eventStream.ts'
import { type Follower, take } from './follower.ts'
import { answer, fail } from './helper.ts'
import { openReceipts, type Receipts, type Received } from './receipts.ts'
import type { Operation } from './socket.ts'
import { followWebSocket } from './webSocket.ts'

/** How followers reach a server. */
export type Transport = 'WebSocket' | 'SSE'

/** What the generator's process does for the benchmark. */
export interface Generator {
  /** Adds followers; they take the operations by turns. */
  connect(asked: { port: number; transport: Transport; count: number; operations: Operation[] }): Promise<void>
  /** How many followers have been sent a change. */
  reached(asked: null): Promise<number>
  /** Expects at most `events` from a position on, each by so many followers. */
  begin(asked: { from: number; events: number; followers: number }): Promise<void>
  /** Waits until every follower has a position. One that has not, after so many milliseconds, has lost it. */
  received(asked: { position: number; within: number }): Promise<void>
  /** Ends what `begin` began; with the seconds of CPU that the generator used for it. */
  finish(asked: { commits: number[] }): Promise<Received & { cpu: number }>
  disconnect(asked: null): Promise<void>
}

/** How many connections are being opened at a time. */
const ABREAST = 64

const sockets: Socket[] = []
const followers: Follower[] = []
let isOpen = true
let receipts: Receipts | undefined
let cpuBefore = process.cpuUsage()
let waiting: { position: number; resolve: () => void } | undefined

function follow(port: number, transport: Transport, operation: Operation): Promise<void> {
  return new Promise((resolve) => {
    const follower: Follower = { last: -1, changes: 0 }
    const open = transport === 'SSE' ? followEventStream : followWebSocket
    const listener = {
      message(buffer: Buffer, start: number, end: number) {
        const position = take(follower, buffer, start, end)
        if (position < 0 || receipts === undefined) return
        if (receipts.note(position, clock(), end - start) && waiting?.position === position) waiting.resolve()
      },
      failed(why: string) {
        if (isOpen) fail(why)
      },
    }
    sockets.push(open(port, operation, listener, resolve))
    followers.push(follower)
  })
}

answer<Generator>({
  async connect({ port, transport, count, operations }) {
    isOpen = true
    let next = 0
    const openOnes = async () => {
      for (let i = next++; i < count; i = next++) {
        await follow(port, transport, operations[i % operations.length] as Operation)
      }
    }
    await Promise.all(Array.from({ length: ABREAST }, openOnes))
  },
  async reached() {
    return followers.filter(({ changes }) => changes > 0).length
  },
  async begin({ from, events, followers: all }) {
    receipts = openReceipts(from, events, all)
    cpuBefore = process.cpuUsage()
  },
  received({ position, within }) {
    return new Promise((resolve) => {
      if (receipts?.isComplete(position)) return resolve()
      const late = setTimeout(() => {
        const missing = followers.filter(({ last }) => last < position).length
        fail(`after ${within} ms, ${missing} of ${followers.length} followers do not have position ${position}`)
      }, within)
      waiting = {
        position,
        resolve() {
          clearTimeout(late)
          resolve()
        },
      }
    })
  },
  async finish({ commits }) {
    const { user, system } = process.cpuUsage(cpuBefore)
    const received = (receipts as Receipts).count(commits)
    receipts = undefined
    return { ...received, cpu: (user + system) / 1e6 }
  },
  async disconnect() {
    isOpen = false
    for (const socket of sockets.splice(0)) socket.resetAndDestroy()
    followers.length = 0
  },
})
