// Phase one of moving money: in a transaction, write what is owed and the first attempt to collect it.
import { carry, writeCarried } from '#core/payments/carried-amounts.ts'
import { firstCheck } from '#core/payments/check-schedule.ts'
import { insertAttempt, lastAttempt, leftOf } from '#core/payments/insert-attempt.ts'
import { reserveFunds } from '#core/payments/own-funds.ts'
import type { Dues, Payment } from '#core/payments/queries.ts'
import { insertDues, type NewDues } from '#core/payments/store.ts'
import type { BillingAddress, Metadata } from '#db/json-types.ts'
import type { PaymentOrigin } from '#db/schema.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface OffSessionDues extends NewDues {
  payment_method_id: string | null
  billing: BillingAddress
  metadata: Metadata
  /** Wall time. The customer is there, and has until then to prove to their bank who they are; not given, nobody is. */
  page_expires_at?: Temporal.Instant | undefined
  /** The link on whose page the customer pays: no method is charged. */
  pay_link_id?: string | undefined
}

/**
 * The payment to collect, less what credit and wallet pay; undefined where these dues were written before. Amounts carried from earlier
 * invoices are added, and all of it is carried on where it is too small to be charged: then nothing is asked for. `has` says whether any
 * are waiting, and whether there is anything to pay with, where that is known.
 */
export async function openDues(
  ctx: BusinessCtx,
  input: OffSessionDues,
  has: { carried: boolean; funds: boolean } = { carried: true, funds: true },
): Promise<Payment | undefined> {
  const { payment_method_id, billing, metadata, page_expires_at, pay_link_id, ...columns } = input
  const carrying = await carry(ctx, columns, has)
  const dues = await insertDues(ctx, carrying.dues)
  if (dues === undefined) return undefined
  await writeCarried(ctx, dues, carrying)
  const place = pay_link_id === undefined ? { origin: 'first' as const } : { origin: 'pay_page' as const, pay_link_id }
  return openAttempt(ctx, dues, 1, { payment_method_id, billing, metadata, page_expires_at, ...place }, has)
}

export type NextAttempt = Pick<OffSessionDues, 'payment_method_id' | 'billing' | 'metadata'> & {
  origin: PaymentOrigin
  /** Wall time at which the page is closed on which the customer pays; not given, a saved method is charged. */
  page_expires_at?: Temporal.Instant | undefined
  /** The link whose page that is; null or not given where it was opened in the portal. */
  pay_link_id?: string | null
}

/** Open dues that an attempt could not collect are asked for again. */
export async function reopenDues(ctx: BusinessCtx, dues: Dues, input: NextAttempt): Promise<Payment> {
  return openAttempt(ctx, dues, (await lastAttempt(ctx, dues.dues_id)) + 1, input)
}

async function openAttempt(
  ctx: BusinessCtx,
  dues: Dues,
  attempt: number,
  input: NextAttempt,
  has: { funds: boolean } = { funds: true },
): Promise<Payment> {
  const processor = processorFor(ctx)
  const minimum = processor.minimumAmount(dues.currency)
  const owed = has.funds ? await reserveFunds(ctx, dues, attempt, minimum) : dues
  return insertAttempt(ctx, owed, attempt, {
    ...input,
    off_session: input.page_expires_at === undefined,
    processor: leftOf(owed) === 0 ? null : processor.name,
    checkout_id: null,
    next_check_at: firstCheck(ctx.wall.now()),
  })
}
