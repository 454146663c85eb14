// A process that dies on cue. The points where it may die are found by running: before and after every commit, and before and after every
// call to the processor or the file store. Once dead it does nothing more, whoever catches what was thrown.
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { Processor } from '#processors/processor.ts'
import type { BusinessCtx } from '#src/context.ts'

class Killed extends Error {}

/** Counts the points it passes and dies at one of them. */
class Fuse {
  readonly points: string[] = []
  readonly #killAt: number | undefined
  #dead = false

  constructor(killAt?: number) {
    this.#killAt = killAt
  }

  pass(name: string): void {
    this.check()
    this.points.push(name)
    if (this.points.length - 1 !== this.#killAt) return
    this.#dead = true
    throw new Killed(name)
  }

  check(): void {
    if (this.#dead) throw new Killed('dead')
  }
}

/** Runs a flow to its end and names every point it passed, in order. */
export async function crashPointsOf(ctx: BusinessCtx, flow: (ctx: BusinessCtx) => Promise<unknown>): Promise<string[]> {
  const fuse = new Fuse()
  await flow(withFuse(ctx, fuse))
  return fuse.points
}

/** Runs a flow until it dies at the point of that number; true where it came so far. */
export async function runUntilKilled(
  ctx: BusinessCtx,
  killAt: number,
  flow: (ctx: BusinessCtx) => Promise<unknown>,
): Promise<boolean> {
  const fuse = new Fuse(killAt)
  try {
    await flow(withFuse(ctx, fuse))
    return false
  } catch (error) {
    if (error instanceof Killed) return true
    throw error
  }
}

function withFuse(ctx: BusinessCtx, fuse: Fuse): BusinessCtx {
  const db = fusedDatabase(ctx.db, fuse)
  const processors = ctx.processors.map((processor) => fused(processor, fuse))
  return { ...ctx, db, processors, storage: fused(ctx.storage, fuse) }
}

function fusedDatabase(db: Kysely<DB>, fuse: Fuse): Kysely<DB> {
  const guarded = db.withPlugin({
    transformQuery: ({ node }) => {
      fuse.check()
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const transaction = () => ({
    execute: async <T>(work: (transaction: Transaction<DB>) => Promise<T>): Promise<T> => {
      const result = await guarded.transaction().execute(async (inner) => {
        const done = await work(inner)
        fuse.pass('before a commit')
        return done
      })
      fuse.pass('after a commit')
      return result
    },
  })
  return replace(guarded, { transaction })
}

const LOCAL: ReadonlySet<string> = new Set<keyof Processor>(['minimumAmount', 'readHook'])

/** A processor or the file store. */
function fused<Plug extends object>(plug: Plug, fuse: Fuse): Plug {
  const calls = Object.entries(plug).filter(([name, value]) => typeof value === 'function' && !LOCAL.has(name))
  const all = calls.map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      fuse.pass(`before ${name}`)
      const answer = await call.apply(plug, args)
      fuse.pass(`after ${name}`)
      return answer
    },
  ])
  return replace(plug, Object.fromEntries(all))
}

function replace<T extends object>(target: T, methods: Record<string, unknown>): T {
  return new Proxy(target, {
    get: (object, name) => {
      if (typeof name === 'string' && name in methods) return methods[name]
      const value = Reflect.get(object, name, object)
      return typeof value === 'function' ? value.bind(object) : value
    },
  })
}
