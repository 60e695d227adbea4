import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, callerOf } from '../../src/transport/caller.ts'

let server: Server
let trusted: readonly string[] = []
beforeAll(async () => {
  server = createServer((asked, response) => response.end(JSON.stringify(callerOf(trusted)(asked))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

function seen(headers: { [name: string]: string } = {}): Promise<Caller> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers }, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => resolve(JSON.parse(text)))
    })
      .on('error', reject)
      .end()
  })
}

describe('a caller', () => {
  it('is known by the address that it comes from, and is local if it comes straight from here by a name of here', async () => {
    expect(await seen()).toEqual({ address: '127.0.0.1', isLocal: true })
    expect(await seen({ host: 'localhost:4000' })).toMatchObject({ isLocal: true })
  })

  it('is not local by a name that somebody gave our address, as a page does that rebinds its own', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example:4000'])
      expect(await seen({ host })).toMatchObject({ isLocal: false })
  })

  it('is not local if a proxy hands it on, and its forwarded address is believed of a proxy that is trusted only', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.7' }
    trusted = []
    expect(await seen(forwarded)).toEqual({ address: '127.0.0.1', isLocal: false })
    trusted = ['loopback']
    expect(await seen(forwarded)).toEqual({ address: '203.0.113.7', isLocal: false })
    // What the client itself has put before it is not believed.
    expect(await seen({ 'x-forwarded-for': '127.0.0.1, 203.0.113.7' })).toMatchObject({ address: '203.0.113.7' })
    trusted = ['10.0.0.0/8']
    expect(await seen(forwarded)).toMatchObject({ address: '127.0.0.1' })
    for (const name of ['forwarded', 'x-real-ip', 'via'])
      expect(await seen({ [name]: 'x' })).toMatchObject({ isLocal: false })
  })
})
