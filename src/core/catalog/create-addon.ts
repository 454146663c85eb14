import type { Addon } from '#core/catalog/queries.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewAddon {
  name: string
  description?: string | null
  currency: string
  /** Minor units, per unit and billing period. */
  price: number
  tax_category: Addon['tax_category']
}

export async function createAddon(outer: BusinessCtx, input: NewAddon): Promise<Addon> {
  const now = outer.clock.now()
  return inTransaction(outer, async (ctx) =>
    ctx.db
      .insertInto('addons')
      .values({
        ...owned(ctx),
        addon_id: newId('addon', ctx.wall.now().epochMilliseconds),
        ...input,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
}
