// A running Portico: HTTP and the worker over one set of connections, and its orderly end.
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { WORK_CHANNEL } from '#core/work-channel.ts'
import type { Connections } from '#db/connect.ts'
import { type Listener, listen } from '#db/listen.ts'
import { StartupError } from '#db/startup-error.ts'
import { closePdf } from '#pdf/render-invoice.ts'
import { createApp } from '#src/app.ts'
import type { Config } from '#src/config.ts'
import type { Modes } from '#src/modes.ts'
import { limitRequestTime, MOST_REQUEST_MS } from '#src/request-time.ts'
import { startWorker, type Worker } from '#worker/loop.ts'

export interface RunningServer {
  /** The port it listens on. */
  port: number
  /** `/readyz` turns first, then requests under way and work are finished. */
  stop(): Promise<void>
}

export interface ServerParts {
  config: Config
  modes: Modes
  connections: Connections
}

export async function startServer({ config, modes, connections }: ServerParts): Promise<RunningServer> {
  let accepting = true
  const app = createApp({ modes, config, accepting: () => accepting })
  const server = await listenOn(app.fetch, config)
  const workers = [modes.test, modes.live].flatMap((mode) => (mode ? [startWorker(mode.ctx, mode.jobs)] : []))
  const listener = await listen(connections, WORK_CHANNEL, () => {
    for (const worker of workers) worker.wake()
  })
  modes.test.sandbox?.start()
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.port,
    stop: async () => {
      accepting = false
      await end(server, workers, listener)
      await modes.test.sandbox?.stop()
      await closePdf()
    },
  }
}

async function end(server: Server, workers: readonly Worker[], listener: Listener): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  await Promise.all([closed, ...workers.map((worker) => worker.stop()), listener.end()])
}

type Fetch = Parameters<typeof serve>[0]['fetch']

function listenOn(fetch: Fetch, { host, port }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch,
        hostname: host,
        port,
        // A client that dawdles over its request is let go: request-time.ts knows how long each may take.
        serverOptions: {
          headersTimeout: 15_000,
          requestTimeout: MOST_REQUEST_MS,
          maxHeaderSize: 16_384,
          keepAliveTimeout: 10_000,
        },
      },
      () => resolve(server as Server),
    )
    limitRequestTime(server as Server)
    server.on('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartupError(
      `Port ${port} is taken by another program; stop it, or choose another with PORT=${port + 1} npm start.`,
    )
  }
  if (error.code === 'EACCES')
    return new StartupError(`Port ${port} may not be opened by this user; choose one above 1023 with PORT.`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartupError(`HOST=${host} is not an address of this machine; unset it or use 127.0.0.1 or 0.0.0.0.`)
  }
  return error
}
