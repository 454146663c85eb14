// A world that listens: the same app over HTTP on a port of its own, with the worker at work, so that mails are answered.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import DodoPayments from 'dodopayments'
import { afterAll, beforeAll } from 'vitest'
import { WORK_CHANNEL } from '#core/work-channel.ts'
import { listen } from '#db/listen.ts'
import { closePdf } from '#pdf/render-invoice.ts'
import { startWorker } from '#worker/loop.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

export type ListeningWorld = Awaited<ReturnType<typeof listenWorld>>

export async function listenWorld(options: Omit<WorldOptions, 'url'> = {}) {
  let world: World | undefined
  const fetch: Fetch = (request, env) =>
    world === undefined ? new Response(null, { status: 503 }) : world.app.fetch(request, env)
  const server = await listenAnywhere(fetch)
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const made = await createWorld({ ...options, url })
  world = made
  const { ctx, jobs, sandbox } = made.modes.test
  const worker = startWorker(ctx, jobs)
  const listener = await listen(made.database.connections, WORK_CHANNEL, worker.wake)
  sandbox?.start()
  return {
    ...made,
    url,
    /** The published SDK over HTTP: nothing but its base URL differs from production. */
    client: (api_key = made.api_key) =>
      new DodoPayments({ bearerToken: api_key, baseURL: `${url}/api`, maxRetries: 0 }),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await Promise.all([closed, worker.stop(), listener.end()])
      await sandbox?.stop()
      await closePdf()
      await made.close()
    },
  }
}

type Fetch = Parameters<typeof serve>[0]['fetch']

function listenAnywhere(fetch: Fetch): Promise<Server> {
  return new Promise((resolve) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(server as Server))
  })
}

/** Call it once in a test file: one world for all its tests. */
export function useWorld(options?: Parameters<typeof listenWorld>[0]): () => ListeningWorld {
  let world: ListeningWorld | undefined
  beforeAll(async () => {
    world = await listenWorld(options)
  })
  afterAll(async () => world?.close())
  return () => {
    if (world === undefined) throw new Error('the world begins with the first test')
    return world
  }
}
