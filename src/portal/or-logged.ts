import { routePath } from 'hono/route'
import { Elsewhere } from '#door/elsewhere.ts'
import type { AppContext } from '#src/app-env.ts'

/** A part of a page that could not be read is said to be missing, never drawn as empty. */
export async function orLogged<T>(c: AppContext, reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Elsewhere) throw error
    c.var.ctx.log.error({ err: error, route: routePath(c, -1) }, 'a part of a page could not be read')
    return null
  }
}
