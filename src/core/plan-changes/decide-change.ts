// Load and decide: what a plan change would do now. The preview shows it, the change commits it.
import { isTooSmall } from '#billing/carry.ts'
import { fundsFor } from '#billing/credit.ts'
import { uncutPeriod } from '#billing/period.ts'
import { decidePlanChange, directionOf, type PlanChangeDecision, portalMode } from '#billing/plan-change.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { assertOther, discountsOfChange, namedDiscounts } from '#core/plan-changes/change-discounts.ts'
import { type ChangeDuesLine, changeLines } from '#core/plan-changes/change-lines.ts'
import { type ChangeOptions, resolveOptions } from '#core/plan-changes/change-options.ts'
import { pricedTarget } from '#core/plan-changes/priced-target.ts'
import { readChangeDefaults } from '#core/plan-changes/read-change-defaults.ts'
import { listWaiting } from '#core/plan-changes/store.ts'
import { getTargetPlan, type PlanWanted, type TargetPlan } from '#core/plan-changes/target-plan.ts'
import { frequencyOf, readItems } from '#core/subscriptions/lines.ts'
import { readPeriodValues } from '#core/subscriptions/period-values.ts'
import { readServedPeriod } from '#core/subscriptions/periods.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { readWalletBalance } from '#core/wallets/queries.ts'
import type { PlanDiscount } from '#db/json-types.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface ChangeRequest extends PlanWanted, Partial<ChangeOptions> {
  /** Makes the change although another one is scheduled; that one is dropped when this one happens. */
  cancel_scheduled_change_plan?: boolean
  /** In order: all there will be. Left out, those stay that are meant to. */
  discount_codes?: readonly string[] | null
}

export interface DecidedChange {
  target: TargetPlan
  options: ChangeOptions
  /** When the plan changes: now, or the next billing date. */
  at: Temporal.Instant
  discounts: PlanDiscount[]
  /** Undefined where the change is scheduled: the renewal then charges the new plan. */
  now:
    | undefined
    | {
        decision: PlanChangeDecision
        lines: ChangeDuesLine[]
        reverse_charge: boolean
        /** What credit and wallet pay of the charge, in minor units; the payment method pays the rest. */
        credit_applied: number
        wallet_applied: number
        /** The charge is less than the processor can take: it waits for the next invoice. */
        carried: boolean
      }
}

type Billed = Subscription & { anchor: Temporal.Instant; next_billing_date: Temporal.Instant }

/** Throws the refusals of the contract: 409 where something else is under way, 410 and 422 where the change cannot be. `now` is when it is made. */
export async function decideChange(
  ctx: BusinessCtx,
  subscription: Subscription,
  request: ChangeRequest,
  now: Temporal.Instant = ctx.clock.now(),
): Promise<DecidedChange> {
  assertChangeable(subscription)
  const target = await getTargetPlan(ctx, subscription, request)
  await assertNothingUnderWay(ctx, subscription, request)
  const items = await readItems(ctx, subscription)
  const discounts = await discountsOfChange(ctx, subscription, request, target)
  assertOther(subscription, items, request, discounts)
  const running = await runningPeriod(ctx, subscription)
  const priced = (at: Temporal.Instant) => pricedTarget(ctx, subscription, target, discounts.wanted, at)
  const { to, reverse_charge } = await priced(running.period.start)
  const values = await readPeriodValues(ctx, subscription.subscription_id)
  const plans = { from: { frequency: frequencyOf(subscription), items }, to, now, values }
  const defaults = await readChangeDefaults(ctx, subscription.product_id, request.product_id)
  const options = resolveOptions(request, directionOf(plans), defaults)
  if (options.effective_at === 'next_billing_date') {
    const at = subscription.next_billing_date
    return { target, options, at, discounts: namedDiscounts(discounts, 'none'), now: undefined }
  }
  const asked = options.proration_billing_mode
  const mode = ctx.actor.type === 'customer' ? portalMode(asked, plans) : asked
  const change = { ...plans, ...running, mode, expires_at: subscription.expires_at }
  const kept = decidePlanChange(change)
  // A period that begins now is taxed by the table of today, not of the first day of the one it ends.
  const anew = kept.date.type === 'restart' ? await priced(now) : undefined
  const decision = anew === undefined ? kept : decidePlanChange({ ...change, to: anew.to })
  const minimum = processorFor(ctx).minimumAmount(subscription.currency)
  const wallet = await readWalletBalance(ctx, subscription.customer_id, subscription.currency)
  const own = { credit: subscription.credit_balance, wallet }
  const carried = isTooSmall(decision.charge, own, minimum)
  const funds = fundsFor(carried ? 0 : decision.charge, own, minimum)
  return {
    target,
    options: { ...options, proration_billing_mode: mode },
    at: now,
    discounts: namedDiscounts(discounts, decision.cycles),
    now: {
      decision,
      lines: changeLines(decision, target.items, values),
      reverse_charge: anew?.reverse_charge ?? reverse_charge,
      credit_applied: funds.credit,
      wallet_applied: funds.wallet,
      carried,
    },
  }
}

function assertChangeable(subscription: Subscription): asserts subscription is Billed {
  const { status, anchor, next_billing_date, on_demand, cancel_at_next_billing_date } = subscription
  if (status !== 'active' || anchor === null || next_billing_date === null) {
    throw new AppError('INACTIVE_SUBSCRIPTION_PLAN_CHANGE_NOT_SUPPORTED')
  }
  if (on_demand) throw new AppError('ON_DEMAND_PLAN_CHANGE_NOT_SUPPORTED')
  if (cancel_at_next_billing_date) throw new AppError('PLAN_CHANGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION')
}

async function assertNothingUnderWay(ctx: BusinessCtx, subscription: Billed, request: ChangeRequest): Promise<void> {
  const { subscription_id, next_attempt_at, next_billing_date } = subscription
  const waiting = (await listWaiting(ctx, subscription_id)).map(({ status }) => status)
  if (waiting.includes('pending')) throw new AppError('PENDING_PLAN_CHANGE_EXISTS')
  if (waiting.includes('scheduled') && request.cancel_scheduled_change_plan !== true) {
    throw new AppError('SCHEDULED_PLAN_CHANGE_EXISTS')
  }
  const ahead = Temporal.Instant.compare(ctx.clock.now(), next_billing_date) < 0
  if (!ahead || next_attempt_at === null || (await hasOpenPayment(ctx, subscription_id))) {
    throw new AppError('PREVIOUS_PAYMENT_PENDING')
  }
}

async function runningPeriod(ctx: BusinessCtx, subscription: Billed) {
  const { subscription_id, next_billing_date } = subscription
  const { kind, dues_id, start, end, whole_until } = await readServedPeriod(ctx, subscription_id, next_billing_date)
  const period = { start, end }
  // A moved date has made the period what it is; only the end of the term cuts one, or did until the term was extended.
  const cut = uncutPeriod(period, { ...subscription, frequency: frequencyOf(subscription) })
  const whole = whole_until === null ? cut : { start, end: whole_until }
  const trial = dues_id === null ? ('trial' as const) : ('paid_trial' as const)
  return { period, whole, state: kind === 'trial' ? trial : ('paid' as const) }
}
