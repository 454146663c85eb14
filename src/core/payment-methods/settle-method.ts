// The one place where the outcome of a set-up becomes fact.

import type { Updateable } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import { completeWithMethod } from '#core/checkout/complete-with-method.ts'
import { failPendingSubscription, hasExpired } from '#core/checkout/expire-attempt.ts'
import { releaseRedemptions } from '#core/discounts/redeem.ts'
import type { MethodSetup } from '#core/payment-methods/open-setup.ts'
import { saveMethod } from '#core/payment-methods/save-method.ts'
import { lockSpreadable, useForAll } from '#core/payment-methods/spread-method.ts'
import { nextCheck } from '#core/payments/check-schedule.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { lockCheckoutRow } from '#core/payments/store.ts'
import { from, update } from '#core/scope.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { useSavedMethod } from '#core/subscriptions/use-method.ts'
import type { DB } from '#db/schema.ts'
import type { SetupOutcome } from '#processors/processor.ts'
import { type BusinessCtx, inTransaction, processorNamed } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** Settles once; returns the set-up as it then is. */
export async function settleMethod(outer: BusinessCtx, setup_id: string, outcome: SetupOutcome): Promise<MethodSetup> {
  return inTransaction(outer, async (ctx) => {
    const { setup, others } = await lockSetup(ctx, setup_id)
    if (setup.settled_at !== null) return setup
    const wall = ctx.wall.now()
    switch (outcome.status) {
      case 'unknown': {
        const unknown_since = setup.unknown_since ?? wall
        const { next_check_at } = nextCheck(wall, unknown_since)
        return write(ctx, setup_id, { unknown_since, next_check_at })
      }
      case 'requires_action':
        return write(ctx, setup_id, {
          status: 'requires_customer_action',
          processor_reference: outcome.reference,
          action_url: outcome.url,
          unknown_since: null,
          next_check_at: wall.add({ minutes: 15 }),
        })
      case 'declined':
        if (setup.checkout_id !== null) await releaseRedemptions(ctx, checkoutReason(setup.checkout_id))
        return write(ctx, setup_id, { status: 'failed', error_code: outcome.code, ...settledNow(ctx) })
      case 'succeeded':
        return settleSucceeded(ctx, setup, others, outcome)
    }
  })
}

/** Closes the page of a set-up at the processor, so that it saves nothing later; if it had saved a method, that is settled instead. */
export async function closeSetup(ctx: BusinessCtx, setup_id: string): Promise<MethodSetup> {
  const setup = await getSetup(ctx, setup_id)
  if (setup.settled_at !== null) return setup
  return settleMethod(ctx, setup_id, await closePage(ctx, setup))
}

async function closePage(ctx: BusinessCtx, { processor, processor_key }: MethodSetup): Promise<SetupOutcome> {
  const closed = await orUnknown(() =>
    processorNamed(ctx, processor).closeSetup(ctx.business.business_id, processor_key),
  )
  return closed.status === 'never_seen' || closed.status === 'requires_action' ? abandoned : closed
}

/** Asks the processor what became of a set-up, and settles it. One that nobody finished in time is closed. */
export async function reconcileSetup(ctx: BusinessCtx, setup_id: string): Promise<MethodSetup> {
  const setup = await getSetup(ctx, setup_id)
  if (setup.settled_at !== null) return setup
  const outcome = await orUnknown(() =>
    processorNamed(ctx, setup.processor).retrieveSetup(ctx.business.business_id, setup.processor_key),
  )
  if (outcome.status === 'requires_action' && (await isAbandoned(ctx, setup))) return giveUp(ctx, setup)
  return settleMethod(ctx, setup_id, outcome.status === 'never_seen' ? abandoned : outcome)
}

async function giveUp(outer: BusinessCtx, setup: MethodSetup): Promise<MethodSetup> {
  const outcome = await closePage(outer, setup)
  return inTransaction(outer, async (ctx) => {
    const closed = await settleMethod(ctx, setup.setup_id, outcome)
    if (closed.status === 'failed' && setup.subscription_id !== null) {
      await failPendingSubscription(ctx, setup.subscription_id)
    }
    return closed
  })
}

async function isAbandoned(ctx: BusinessCtx, { checkout_id, page_expires_at }: MethodSetup): Promise<boolean> {
  const expired = page_expires_at !== null && Temporal.Instant.compare(page_expires_at, ctx.wall.now()) <= 0
  return expired || hasExpired(ctx, checkout_id)
}

export async function getSetup(ctx: BusinessCtx, setup_id: string): Promise<MethodSetup> {
  const setup = await from(ctx, 'method_setups').selectAll().where('setup_id', '=', setup_id).executeTakeFirst()
  if (setup === undefined) throw notFound('method set-up')
  return setup
}

const abandoned = { status: 'declined', reference: null, code: 'CUSTOMER_CANCELLED', message: null } as const

async function settleSucceeded(
  ctx: BusinessCtx,
  setup: MethodSetup,
  others: readonly Subscription[],
  outcome: Extract<SetupOutcome, { status: 'succeeded' }>,
): Promise<MethodSetup> {
  const { customer_id, setup_id, subscription_id } = setup
  const payment_method_id = await saveMethod(ctx, customer_id, setup.processor, outcome.method)
  const settled = await write(ctx, setup_id, {
    status: 'succeeded',
    processor_reference: outcome.reference,
    payment_method_id,
    ...settledNow(ctx),
  })
  if (setup.checkout_id !== null && subscription_id !== null) {
    await completeWithMethod(ctx, setup.checkout_id, subscription_id, payment_method_id)
  }
  if (setup.checkout_id === null && subscription_id !== null) {
    await useSavedMethod(ctx, subscription_id, payment_method_id)
  }
  await useForAll(ctx, others, payment_method_id)
  await recordAudit(ctx, { action: 'payment_method.added', resource_id: payment_method_id, customer_id })
  return settled
}

interface HeldSetup {
  setup: MethodSetup
  /** Besides its own, the subscriptions that the method is for. */
  others: readonly Subscription[]
}

/** The checkout and the subscriptions first, as everywhere. */
async function lockSetup(ctx: BusinessCtx, setup_id: string): Promise<HeldSetup> {
  const query = from(ctx, 'method_setups').selectAll().where('setup_id', '=', setup_id)
  const found = await query.executeTakeFirst()
  if (found === undefined) throw notFound('method set-up')
  if (found.checkout_id !== null) await lockCheckoutRow(ctx, found.checkout_id)
  const all = await lockOthers(ctx, found)
  if (found.subscription_id !== null) await lockSubscription(ctx, found.subscription_id)
  const setup = await query.forUpdate().executeTakeFirstOrThrow()
  return { setup, others: all.filter(({ subscription_id }) => subscription_id !== setup.subscription_id) }
}

/** Saved for nothing in particular, it pays what has no method yet. */
async function lockOthers(
  ctx: BusinessCtx,
  { for_all, customer_id, subscription_id, checkout_id }: MethodSetup,
): Promise<Subscription[]> {
  if (for_all) return lockSpreadable(ctx, customer_id)
  const alone = subscription_id === null && checkout_id === null
  return alone ? lockSpreadable(ctx, customer_id, { without_method: true }) : []
}

async function write(
  ctx: BusinessCtx,
  setup_id: string,
  change: Updateable<DB['method_setups']>,
): Promise<MethodSetup> {
  return update(ctx, 'method_setups')
    .set(change)
    .where('setup_id', '=', setup_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

function settledNow(ctx: BusinessCtx) {
  return { settled_at: ctx.clock.now(), next_check_at: null, unknown_since: null, action_url: null }
}
