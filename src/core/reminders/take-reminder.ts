import { recordEvent } from '#core/events/record-event.ts'
import { planOfCard, planOfSubscription } from '#core/reminders/plan.ts'
import { from, update } from '#core/scope.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import type { ReminderKind } from '#db/schema.ts'
import { type BusinessCtx, holdClaim, inTransaction } from '#src/context.ts'

/**
 * Says what is due, once for each period, as things are now: a date that moved away is waited for, and one that has passed or will not
 * come is not told of. Harmless to repeat.
 */
export async function takeReminder(outer: BusinessCtx, kind: ReminderKind, subject_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    if (kind !== 'card_expiring') await lockSubscription(ctx, subject_id)
    const reminder = await from(ctx, 'reminders')
      .selectAll()
      .where('kind', '=', kind)
      .where('subject_id', '=', subject_id)
      .forUpdate()
      .executeTakeFirst()
    if (reminder === undefined) return
    holdClaim(ctx, 'reminders', reminder)
    const now = ctx.clock.now()
    if (reminder.due_at === null || Temporal.Instant.compare(reminder.due_at, now) > 0) return
    const plan =
      kind === 'card_expiring' ? await planOfCard(ctx, subject_id) : await planOfSubscription(ctx, subject_id)
    const holds =
      plan?.kind === kind && plan.about !== reminder.reminded_of && Temporal.Instant.compare(plan.at, now) > 0
    if (!holds) return write(ctx, kind, subject_id, { due_at: null })
    if (Temporal.Instant.compare(plan.due_at, now) > 0) return write(ctx, kind, subject_id, { due_at: plan.due_at })
    await write(ctx, kind, subject_id, { due_at: null, reminded_of: plan.about })
    const { at, about, customer_id } = plan
    const data = { at: at.toString(), about }
    await recordEvent(ctx, { type: `reminder.${kind}`, resource_id: subject_id, customer_id, data })
  })
}

async function write(
  ctx: BusinessCtx,
  kind: ReminderKind,
  subject_id: string,
  change: { due_at: Temporal.Instant | null; reminded_of?: string },
): Promise<void> {
  await update(ctx, 'reminders').set(change).where('kind', '=', kind).where('subject_id', '=', subject_id).execute()
}
