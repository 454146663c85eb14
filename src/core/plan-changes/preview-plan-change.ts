import { sum } from '#billing/money.ts'
import { type Addon, getAddons } from '#core/catalog/queries.ts'
import { detailsOf } from '#core/discounts/details.ts'
import type { ChangeDuesLine } from '#core/plan-changes/change-lines.ts'
import { type ChangeRequest, type DecidedChange, decideChange } from '#core/plan-changes/decide-change.ts'
import { getSubscription, type SubscriptionWhole } from '#core/subscriptions/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PlanChangePreview {
  effective_at: Temporal.Instant
  /** None where the change waits for the next billing date. */
  lines: (ChangeDuesLine & { tax_category: Addon['tax_category'] | null })[]
  /** Minor units: what is owed for the change, what credit and wallet pay of it, and what is granted instead. */
  charge: number
  tax: number
  credit_applied: number
  wallet_applied: number
  /** What waits for the next invoice because it is too small to be charged. */
  carried: number
  credit_granted: number
  /** The subscription as it would be once the change has happened. */
  new_plan: SubscriptionWhole
}

/** What `changePlan` would do this instant; changes nothing and throws the same refusals. */
export async function previewPlanChange(
  ctx: BusinessCtx,
  subscription_id: string,
  request: ChangeRequest,
): Promise<PlanChangePreview> {
  const subscription = await getSubscription(ctx, subscription_id)
  const decided = await decideChange(ctx, subscription, request)
  const discounts = await detailsOf(ctx, decided.discounts)
  return {
    effective_at: decided.at,
    lines: await withCategories(ctx, decided.now?.lines ?? []),
    charge: decided.now?.decision.charge ?? 0,
    tax: decided.now === undefined || decided.now.decision.charge === 0 ? 0 : decided.now.decision.totals.tax,
    credit_applied: decided.now?.credit_applied ?? 0,
    wallet_applied: decided.now?.wallet_applied ?? 0,
    carried: decided.now?.carried ? decided.now.decision.charge : 0,
    credit_granted: decided.now?.decision.credit ?? 0,
    new_plan: { ...subscription, ...planOf(request, decided), ...datesOf(decided), discounts },
  }
}

function planOf(request: ChangeRequest, { target }: DecidedChange) {
  const { product, frequency, items } = target
  return {
    product_id: product.product_id,
    product_name: product.name,
    product_description: product.description,
    tax_inclusive: product.tax_inclusive,
    quantity: target.quantity,
    addons: request.addons.map(({ addon_id, quantity }) => ({ addon_id, quantity })),
    unit_price: items[0]?.unit_price ?? 0,
    recurring_pre_tax_amount: sum(items.map(({ quantity, unit_price }) => quantity * unit_price)),
    payment_frequency_count: frequency.count,
    payment_frequency_interval: frequency.interval,
    scheduled_change: null,
    meters: product.meters,
  }
}

function datesOf({ now }: DecidedChange) {
  if (now?.decision.date.type !== 'restart') return {}
  const { start, end } = now.decision.date.period
  return { previous_billing_date: start, next_billing_date: end }
}

async function withCategories(ctx: BusinessCtx, lines: readonly ChangeDuesLine[]): Promise<PlanChangePreview['lines']> {
  const ids = new Set(lines.flatMap(({ addon_id }) => addon_id ?? []))
  const addons = await getAddons(ctx, [...ids])
  return lines.map((line) => {
    const addon = addons.find(({ addon_id }) => addon_id === line.addon_id)
    return { ...line, tax_category: addon?.tax_category ?? null }
  })
}
