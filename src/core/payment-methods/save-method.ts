import { type Selectable, sql } from 'kysely'
import { forgetAtProcessor } from '#core/payment-methods/forget-method.ts'
import { from, owned, update } from '#core/scope.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { DB } from '#db/schema.ts'
import type { ProcessorMethod } from '#processors/processor.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

/** Keeps a method the processor saved; the customer's first one is the default. Knowing it already is not an error. */
export async function saveMethod(
  ctx: BusinessCtx,
  customer_id: string,
  processor: string,
  { reference, ...method }: ProcessorMethod,
): Promise<string> {
  // One that is known stays what it is: a renewal leaves the customer's row alone.
  const saved = await findSaved(ctx, processor, reference)
  if (saved !== undefined) return saved
  // The customer's row decides who is first, where the same method is saved twice at once or two both want to be the default.
  // References to it go on: an invoice of theirs, numbered at this moment, must not wait for us.
  await from(ctx, 'customers').select('customer_id').where('customer_id', '=', customer_id).forNoKeyUpdate().execute()
  const known = await findSaved(ctx, processor, reference)
  if (known !== undefined) return known
  const again = await renewSame(ctx, customer_id, processor, { reference, ...method })
  if (again !== undefined) return again
  const fallback = await from(ctx, 'payment_methods')
    .select('payment_method_id')
    .where('customer_id', '=', customer_id)
    .where('is_default', '=', true)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  const payment_method_id = newId('payment_method', ctx.wall.now().epochMilliseconds)
  await ctx.db
    .insertInto('payment_methods')
    .values({
      ...owned(ctx),
      payment_method_id,
      customer_id,
      processor,
      processor_reference: reference,
      ...method,
      is_default: fallback === undefined,
      created_at: ctx.clock.now(),
    })
    .execute()
  return payment_method_id
}

async function findSaved(
  ctx: BusinessCtx,
  processor: string,
  processor_reference: string,
): Promise<string | undefined> {
  return together(ctx, findAllSaved, { processor, processor_reference })
}

type Reference = Pick<Selectable<DB['payment_methods']>, 'processor' | 'processor_reference'>

async function findAllSaved(ctx: BusinessCtx, asked: readonly Reference[]): Promise<(string | undefined)[]> {
  const saved = await from(ctx, 'payment_methods')
    .select(['payment_method_id', 'processor', 'processor_reference'])
    .where(sql<boolean>`processor = any(${[...new Set(asked.map(({ processor }) => processor))]})`)
    .where(sql<boolean>`processor_reference = any(${asked.map(({ processor_reference }) => processor_reference)})`)
    .execute()
  const nameOf = ({ processor, processor_reference }: Reference) => `${processor}\n${processor_reference}`
  return inOrder(asked.map(nameOf), saved, nameOf).map((found) => found?.payment_method_id)
}

/** The same card once more stays one method: what it is saved under now takes the place of what it was saved under before. */
async function renewSame(
  ctx: BusinessCtx,
  customer_id: string,
  processor: string,
  { reference, ...method }: ProcessorMethod,
): Promise<string | undefined> {
  if (method.fingerprint === null) return undefined
  const same = await from(ctx, 'payment_methods')
    .select(['payment_method_id', 'processor_reference'])
    .where('customer_id', '=', customer_id)
    .where('processor', '=', processor)
    .where('fingerprint', '=', method.fingerprint)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (same === undefined) return undefined
  await update(ctx, 'payment_methods')
    .set({ processor_reference: reference, ...method })
    .where('payment_method_id', '=', same.payment_method_id)
    .execute()
  await forgetAtProcessor(ctx, processor, same.processor_reference)
  return same.payment_method_id
}
