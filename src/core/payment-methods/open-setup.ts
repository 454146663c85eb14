// A person saves a method on the processor's page without paying: phase one writes the row, phase two opens the page.

import type { Selectable } from 'kysely'
import { firstCheck } from '#core/payments/check-schedule.ts'
import { processorKey } from '#core/payments/insert-attempt.ts'
import { from, owned, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export type MethodSetup = Selectable<DB['method_setups']>

/** The set-up under way for a checkout, or a new one. Call it with the checkout locked. */
export async function openCheckoutSetup(
  ctx: BusinessCtx,
  input: { checkout_id: string; customer_id: string; subscription_id: string },
): Promise<MethodSetup> {
  const earlier = await from(ctx, 'method_setups')
    .selectAll()
    .where('checkout_id', '=', input.checkout_id)
    .orderBy('created_at')
    .orderBy('setup_id')
    .execute()
  const open = earlier.find((setup) => setup.settled_at === null)
  if (open?.customer_id === input.customer_id) return open
  if (open !== undefined) await abandon(ctx, open)
  return ctx.db
    .insertInto('method_setups')
    .values({
      ...owned(ctx),
      setup_id: newId('method_setup', ctx.wall.now().epochMilliseconds),
      ...input,
      status: 'processing',
      processor: processorFor(ctx).name,
      processor_key: processorKey(ctx, `setup:${input.checkout_id}`, earlier.length + 1),
      created_at: ctx.clock.now(),
      next_check_at: firstCheck(ctx.wall.now()),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** How the page of a set-up is opened that is not of a checkout. */
export interface UpdatePage {
  /** Wall time at which it is closed. */
  page_expires_at: Temporal.Instant
  /** Null: from the portal. */
  pay_link_id: string | null
  /** The method is for every subscription of the customer that runs and owes nothing. */
  for_all: boolean
}

/** The set-up under way for another method of a subscription, or a new one. Call it with the subscription locked. */
export async function openUpdateSetup(
  ctx: BusinessCtx,
  { subscription_id, customer_id }: { subscription_id: string; customer_id: string },
  page: UpdatePage,
): Promise<MethodSetup> {
  const earlier = await from(ctx, 'method_setups')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .where('checkout_id', 'is', null)
    .execute()
  const open = earlier.find(({ settled_at }) => settled_at === null)
  if (open !== undefined) return rewish(ctx, open, page.for_all)
  const key = processorKey(ctx, `setup:${subscription_id}`, earlier.length + 1)
  return insertUpdate(ctx, { customer_id, subscription_id, processor_key: key, ...page })
}

/** The set-up under way for a method that pays for nothing yet, or a new one. Call it with the customer locked. */
export async function openCustomerSetup(
  ctx: BusinessCtx,
  customer_id: string,
  page_expires_at: Temporal.Instant,
): Promise<MethodSetup> {
  const earlier = await from(ctx, 'method_setups')
    .selectAll()
    .where('customer_id', '=', customer_id)
    .where('subscription_id', 'is', null)
    .where('checkout_id', 'is', null)
    .execute()
  const open = earlier.find(({ settled_at }) => settled_at === null)
  if (open !== undefined) return open
  const key = processorKey(ctx, `setup:${customer_id}`, earlier.length + 1)
  const page = { page_expires_at, pay_link_id: null, for_all: false }
  return insertUpdate(ctx, { customer_id, subscription_id: null, processor_key: key, ...page })
}

async function insertUpdate(
  ctx: BusinessCtx,
  input: UpdatePage & Pick<MethodSetup, 'customer_id' | 'subscription_id' | 'processor_key'>,
): Promise<MethodSetup> {
  return ctx.db
    .insertInto('method_setups')
    .values({
      ...owned(ctx),
      setup_id: newId('method_setup', ctx.wall.now().epochMilliseconds),
      checkout_id: null,
      ...input,
      status: 'processing',
      processor: processorFor(ctx).name,
      created_at: ctx.clock.now(),
      next_check_at: firstCheck(ctx.wall.now()),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Asked again, it is as it was wished last. */
async function rewish(ctx: BusinessCtx, setup: MethodSetup, for_all: boolean): Promise<MethodSetup> {
  if (setup.for_all === for_all) return setup
  return update(ctx, 'method_setups')
    .set({ for_all })
    .where('setup_id', '=', setup.setup_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Somebody else is buying now: what is saved on the earlier page is nobody's. */
async function abandon(ctx: BusinessCtx, { setup_id }: MethodSetup): Promise<void> {
  await update(ctx, 'method_setups')
    .set({ status: 'cancelled', settled_at: ctx.clock.now(), next_check_at: null, action_url: null })
    .where('setup_id', '=', setup_id)
    .execute()
}
