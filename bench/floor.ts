// The floor: a bare node:http server that runs the same statements for the same cookie and answers a constant page. A process of its own.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import type { Statement } from './record-visits.ts'

export interface FloorInput {
  database_url: string
  pool_size: number
  /** Of the page it answers. */
  bytes: number
  stages: Map<string, Statement[][]>
}

process.once('message', ({ database_url, pool_size, bytes, stages }: FloorInput) => {
  const pool = new pg.Pool({ connectionString: database_url, max: pool_size })
  const page = Buffer.alloc(bytes, '<p>A constant page.</p>\n')
  const server = createServer(async (request, response) => {
    for (const stage of stages.get(request.headers.cookie ?? '') ?? []) {
      await Promise.all(stage.map((statement) => pool.query(statement)))
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length })
    response.end(page)
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
  process.once('disconnect', () => process.exit())
})
