// What the page of a link has to say under which a change of plan is paid for.
import { sum } from '#billing/money.ts'
import { hasEnded } from '#billing/status.ts'
import { type Dues, type DuesLine, getDues, getDuesLines, type Payment } from '#core/payments/queries.ts'
import { getPlanChange, type PlanChangeRow } from '#core/plan-changes/store.ts'
import type { PayLink } from '#core/recovery/pay-links.ts'
import { from } from '#core/scope.ts'
import { getSubscription, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface ChangeLinkView {
  link: PayLink
  /** `changed`: paid for and made. `over`: nothing is asked for any more. `ended`: so is the subscription. */
  state: 'open' | 'checking' | 'changed' | 'over' | 'ended'
  subscription: SubscriptionListed
  change: PlanChangeRow
  dues: Dues
  lines: DuesLine[]
  /** Why the last try was declined; null where none was. */
  declined: string | null
  /** What a whole period will cost, before discounts and exclusive tax; minor units. */
  recurring: number
  /** The end of the period it is paid for; the next renewal, where the term goes on then. */
  next_at: Temporal.Instant
}

export async function viewChangeLink(ctx: BusinessCtx, link: PayLink): Promise<ChangeLinkView> {
  const change = await changeOf(ctx, link)
  const subscription = await getSubscription(ctx, link.subscription_id)
  const attempts = await listAttempts(ctx, change.dues_id)
  const failed = attempts.find(({ status }) => status === 'failed')
  return {
    link,
    change,
    subscription,
    state: stateOf(ctx, { link, change, subscription, attempts }),
    dues: await getDues(ctx, change.dues_id),
    lines: await getDuesLines(ctx, change.dues_id),
    declined: failed === undefined ? null : (failed.error_code ?? 'GENERIC_DECLINE'),
    recurring: sum(change.items.map(({ quantity, unit_price }) => quantity * unit_price)),
    next_at: change.restarts ? change.period_end : (subscription.next_billing_date ?? change.period_end),
  }
}

export async function changeOf(ctx: BusinessCtx, { change_id }: PayLink): Promise<PlanChangeRow & { dues_id: string }> {
  if (change_id === null) throw new Error('this link is for no change of plan')
  const change = await getPlanChange(ctx, change_id)
  if (change.dues_id === null) throw new Error('a change that is paid under a link is owed')
  return { ...change, dues_id: change.dues_id }
}

/** Can it still be paid for? Its time is up in the business's time, or on the wall. */
export function isOpen(ctx: BusinessCtx, link: PayLink, { status, expires_at }: PlanChangeRow): boolean {
  if (status !== 'pending' || expires_at === null) return false
  const left = Temporal.Instant.compare(ctx.clock.now(), expires_at) < 0
  return left && Temporal.Instant.compare(ctx.wall.now(), link.expires_at) < 0
}

/** Newest first. */
async function listAttempts(ctx: BusinessCtx, dues_id: string): Promise<Payment[]> {
  return from(ctx, 'payments').selectAll().where('dues_id', '=', dues_id).orderBy('attempt', 'desc').execute()
}

type Facts = Pick<ChangeLinkView, 'link' | 'change' | 'subscription'> & { attempts: readonly Payment[] }

function stateOf(ctx: BusinessCtx, { link, change, subscription, attempts }: Facts): ChangeLinkView['state'] {
  if (hasEnded(subscription.status)) return 'ended'
  if (change.status === 'applied') return 'changed'
  // Whatever becomes of it: nobody is told that nothing was charged before that is known.
  if (attempts.some(({ unknown_since }) => unknown_since !== null)) return 'checking'
  return isOpen(ctx, link, change) ? 'open' : 'over'
}
