import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ready } from './listen.ts'

// The ceiling: answers that are there already, as files of the folder that is named, behind bare node:http.

const folder = process.argv[2] as string
const bodies = new Map(readdirSync(folder).map((name) => [`/${name}`, readFileSync(`${folder}/${name}`)]))

const server = createServer((request, response) => {
  const body = bodies.get(request.url as string)
  if (body === undefined) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
})

server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
