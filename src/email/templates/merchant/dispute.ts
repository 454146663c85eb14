import { getDispute } from '#core/disputes/get-dispute.ts'
import { customerRow } from '#email/customer-row.ts'
import { facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'

type DisputeFacts = {
  status: string
  amount: number
  currency: string
  customer_id: string
  payment_id: string
  dispute_id: string
}

/** A customer's bank asks for the money back, or has decided. */
export const merchantDispute = mail<DisputeFacts>({
  kind: 'merchant_dispute',
  gather: async (ctx, { type, resource_id: dispute_id, customer_id }) => {
    const { amount, currency, payment_id } = await getDispute(ctx, dispute_id)
    const status = type.slice('dispute.'.length)
    return { status, amount, currency, payment_id, dispute_id, customer_id: customer_id ?? '' }
  },
  draw: async (page, about) => {
    const { t, money } = page.i18n
    const { status } = about
    const amount = money(about.amount, about.currency)
    const { name, ...customer } = await customerRow(page, about.customer_id)
    return {
      subject: t('email.merchant.dispute.subject', { status, amount, name }),
      blocks: [
        say(t('email.merchant.dispute.intro', { status })),
        facts([
          customer,
          { label: t('email.merchant.amount'), value: amount },
          { label: t('email.merchant.payment'), value: about.payment_id },
          { label: t('email.merchant.dispute.id'), value: about.dispute_id },
        ]),
      ],
    }
  },
})
