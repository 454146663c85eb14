// What a person sees when the server has started: where it is, and on their own machine where to click.

import type { Logger } from 'pino'
import { ensureDemo } from '#cli/demo/ensure-demo.ts'
import { findPlaces } from '#cli/demo/places.ts'
import { printPlaces } from '#cli/demo/print-places.ts'
import { table } from '#cli/table.ts'
import { isLoopback } from '#src/hosts.ts'
import type { ModeRuntime } from '#src/modes.ts'

/** The text to print. Makes the demo where the database is empty; one that fails is logged, and the server runs on. */
export async function greet(test: ModeRuntime, log: Logger): Promise<string> {
  return [
    '',
    `Portico runs at ${test.ctx.urls.base}`,
    '',
    await tellPlaces(test, log),
    '',
    'Stop it with Ctrl+C.',
    '',
  ].join('\n')
}

async function tellPlaces(test: ModeRuntime, log: Logger): Promise<string> {
  const { urls } = test.ctx
  try {
    const demo = await ensureDemo(test, 'where the database is empty')
    // Elsewhere, what is printed ends in somebody's log, which is no place for links and keys.
    if (demo !== undefined && isLoopback(new URL(urls.base).hostname)) return printPlaces(await findPlaces(test, demo))
  } catch (error) {
    log.error({ err: error }, 'the demo could not be made')
  }
  return table([
    ['API', urls.api()],
    ['API reference', urls.apiDocs()],
    ['Demo and its links', 'npm run portico -- demo'],
  ]).join('\n')
}
