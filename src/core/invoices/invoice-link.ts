// An address of an invoice that opens without signing in, for a while: for merchants to pass on, and for mails.
import { readSignature, type Signed } from '#core/signed-address.ts'
import type { BusinessCtx } from '#src/context.ts'

const GOOD_FOR_DAYS = 30

/** To the end of its last day in UTC, so that it is the same address all day. */
function invoiceLinks(ctx: BusinessCtx): (payment_id: string) => string {
  const today = ctx.wall.now().toZonedDateTimeISO('UTC').startOfDay()
  const until = today.add({ days: GOOD_FOR_DAYS + 1 }).epochMilliseconds / 1000
  return (payment_id) =>
    ctx.urls.invoice(ctx.business.business_id, payment_id, {
      until,
      signature: signatureOf(ctx, payment_id, until).toString('base64url'),
    })
}

/** The addresses that a payment tells. */
export const paymentUrls = (ctx: BusinessCtx) => ({ urls: ctx.urls, invoiceUrl: invoiceLinks(ctx) })

export function readInvoiceLink(ctx: BusinessCtx, payment_id: string, asked: Signed): ReturnType<typeof readSignature> {
  return readSignature(ctx, asked, (until) => signatureOf(ctx, payment_id, until))
}

const signatureOf = (ctx: BusinessCtx, payment_id: string, until: number) =>
  ctx.secrets.derive('invoice_link', ctx.business.business_id, payment_id, String(until))
