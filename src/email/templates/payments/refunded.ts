import { describeMethod } from '#core/invoices/describe-method.ts'
import { findCreditNoteOf } from '#core/invoices/queries.ts'
import { getPayment } from '#core/payments/queries.ts'
import { getRefund } from '#core/refunds/queries.ts'
import { amounts, button, facts, say, whisper } from '#email/letter.ts'
import { mail } from '#email/mail.ts'

type RefundFacts = {
  refund_id: string
  payment_id: string
  amount: number
  wallet_amount: number
  currency: string
}

export const refunded = mail<RefundFacts>({
  kind: 'refund_succeeded',
  gather: async (ctx, { resource_id: refund_id }) => {
    const { payment_id, amount, wallet_amount, currency } = await getRefund(ctx, refund_id)
    return { refund_id, payment_id, amount, wallet_amount, currency }
  },
  draw: async ({ ctx, i18n }, about) => {
    const { t } = i18n
    const { payment_id, currency } = about
    const payment = await getPayment(ctx, payment_id)
    const note = await findCreditNoteOf(ctx, about.refund_id)
    const method = describeMethod({ ...payment, display: null })
    const total = i18n.money(about.amount + about.wallet_amount, currency)
    const { portal } = ctx.urls
    const { business_id } = ctx.business
    const to = (label: string, amount: number) =>
      amount === 0 ? undefined : { label, value: i18n.money(amount, currency) }
    return {
      subject: t('email.refunded.subject', { amount: total }),
      blocks: [
        say(t('email.refunded.intro', { amount: total, date: i18n.date(payment.created_at) })),
        amounts([
          to(method === '' ? t('email.refunded.to_method') : t('email.refunded.to_named', { method }), about.amount),
          to(t('email.refunded.to_wallet'), about.wallet_amount),
        ]),
        ...(note === undefined ? [] : [facts([{ label: t('credit_note.number'), value: note.number }])]),
        note === undefined
          ? button(t('email.see_billing'), portal.billingHistory(business_id))
          : button(t('email.refunded.open'), portal.creditNote(business_id, payment_id, note.credit_note_id)),
        ...(about.amount === 0 ? [] : [whisper(t('email.refunded.when'))]),
      ],
    }
  },
})
