// A reader of the outbox: what happened to a subscription may give it something to be reminded of, or another date for it.
import { readMailSwitches } from '#core/emails/switches.ts'
import type { Event } from '#core/events/dispatch-event.ts'
import { type PlannedReminder, planOfCard, planOfSubscription } from '#core/reminders/plan.ts'
import { from, owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Those after which a date is new, or a method is. A change of plan or of details may be either. */
const TELLING = new Set([
  'subscription.active',
  'subscription.renewed',
  'subscription.paused',
  'subscription.unpaused',
  'subscription.plan_changed',
  'subscription.updated',
  'subscription.update_payment_method',
])

/** Answers whether it wrote anything. Dates that became later are found out when they come; what will not happen, too. */
export async function planReminders(ctx: BusinessCtx, { type, resource_id }: Event): Promise<boolean> {
  if (!TELLING.has(type)) return false
  const { upcoming_renewal } = await readMailSwitches(ctx)
  // Nearly all renewals end here.
  if (type === 'subscription.renewed' && !upcoming_renewal) return false
  const plans = [await planOfSubscription(ctx, resource_id), await planOfMethodOf(ctx, type, resource_id)]
  let wrote = false
  for (const plan of plans) {
    if (plan === undefined || (plan.kind === 'upcoming_renewal' && !upcoming_renewal)) continue
    await write(ctx, plan)
    wrote = true
  }
  return wrote
}

async function planOfMethodOf(
  ctx: BusinessCtx,
  type: string,
  subscription_id: string,
): Promise<PlannedReminder | undefined> {
  if (type !== 'subscription.active' && type !== 'subscription.update_payment_method') return undefined
  const subscription = await from(ctx, 'subscriptions')
    .select('payment_method_id')
    .where('subscription_id', '=', subscription_id)
    .executeTakeFirst()
  const payment_method_id = subscription?.payment_method_id ?? null
  return payment_method_id === null ? undefined : planOfCard(ctx, payment_method_id)
}

async function write(ctx: BusinessCtx, { kind, subject, due_at, about }: PlannedReminder): Promise<void> {
  await ctx.db
    .insertInto('reminders')
    .values({ ...owned(ctx), kind, ...subject, due_at })
    .onConflict((conflict) =>
      conflict
        .columns(['business_id', 'kind', 'subject_id'])
        .doUpdateSet({ due_at })
        .where('reminders.reminded_of', 'is distinct from', about)
        .where('reminders.due_at', 'is distinct from', due_at),
    )
    .execute()
}
