// Attempts that wait for their buyer: written before anybody is at the processor's page, which opens when somebody presses Pay.
import { declineAttempt, GIVEN_UP } from '#core/payments/decline-attempt.ts'
import { insertAttempt, lastAttempt } from '#core/payments/insert-attempt.ts'
import { releaseFunds } from '#core/payments/own-funds.ts'
import { awaitsBuyer, type Dues, type Payment } from '#core/payments/queries.ts'
import { lockDues, updatePayment } from '#core/payments/store.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

/** Nobody is asked about it until it is begun. */
export async function awaitBuyer(ctx: BusinessCtx, { payment_id }: Payment): Promise<Payment> {
  return updatePayment(ctx, payment_id, { status: 'requires_customer_action', next_check_at: null })
}

/** Another try after one that came to nothing, on the same terms: what credit and wallet pay of the dues stays reserved for it. */
export async function offerAnother(ctx: BusinessCtx, dues: Dues, declined: Payment): Promise<Payment> {
  const { billing, metadata, page_expires_at, pay_link_id, origin } = declined
  const payment = await insertAttempt(ctx, dues, (await lastAttempt(ctx, dues.dues_id)) + 1, {
    off_session: false,
    payment_method_id: null,
    checkout_id: null,
    processor: processorFor(ctx).name,
    next_check_at: null,
    ...{ billing, metadata, page_expires_at, pay_link_id, origin },
  })
  return awaitBuyer(ctx, payment)
}

/**
 * What was offered on a page is asked for no more: an attempt nobody took up is given up, one whose page is open is closed at the processor
 * by whoever asks about it, at once. Call it with the dues locked, paid or void.
 */
export async function withdrawOffer(ctx: BusinessCtx, dues_id: string): Promise<void> {
  const open = await from(ctx, 'payments')
    .selectAll()
    .where('dues_id', '=', dues_id)
    .where('settled_at', 'is', null)
    .where('origin', '=', 'pay_page')
    .forUpdate()
    .executeTakeFirst()
  if (open === undefined) return
  if (!awaitsBuyer(open)) {
    await updatePayment(ctx, open.payment_id, { next_check_at: ctx.wall.now() })
    return
  }
  await releaseFunds(ctx, await lockDues(ctx, dues_id), await declineAttempt(ctx, open, GIVEN_UP))
}
