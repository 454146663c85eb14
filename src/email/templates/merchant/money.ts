// Money that came, did not come, or went back; and who began.
import type { Event } from '#core/events/dispatch-event.ts'
import { getDuesLines, getPayment } from '#core/payments/queries.ts'
import { getRefund } from '#core/refunds/queries.ts'
import { customerRow } from '#email/customer-row.ts'
import { facts } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { gatherPlan, nextPaymentRow, type PlanFacts, planName, planRow } from '#email/plan-facts.ts'
import type { BusinessCtx } from '#src/context.ts'

type PaymentFacts = {
  customer_id: string
  payment_id: string
  amount: number
  currency: string
  what: string
  /** As the processor says it. */
  code: string | null
}

async function gatherPayment(ctx: BusinessCtx, { resource_id: payment_id }: Event): Promise<PaymentFacts | undefined> {
  const { customer_id, total_amount: amount, currency, error_code: code, dues_id } = await getPayment(ctx, payment_id)
  if (amount === 0) return undefined
  const [line] = await getDuesLines(ctx, dues_id)
  return { customer_id, payment_id, amount, currency, code, what: line?.description ?? '' }
}

const paymentMail = (outcome: 'payment_succeeded' | 'payment_failed') =>
  mail<PaymentFacts>({
    kind: `merchant_${outcome}`,
    gather: gatherPayment,
    draw: async (page, about) => {
      const { t, money } = page.i18n
      const { name, ...customer } = await customerRow(page, about.customer_id)
      const amount = money(about.amount, about.currency)
      return {
        subject: t(`email.merchant.${outcome}.subject`, { amount, name }),
        blocks: [
          facts([
            customer,
            { label: t('email.label.for'), value: about.what },
            { label: t('email.merchant.amount'), value: amount },
            outcome === 'payment_succeeded' || about.code === null
              ? undefined
              : { label: t('email.merchant.decline_code'), value: about.code },
            { label: t('email.merchant.payment'), value: about.payment_id },
          ]),
        ],
      }
    },
  })

export const merchantPaymentSucceeded = paymentMail('payment_succeeded')
export const merchantPaymentFailed = paymentMail('payment_failed')

type MerchantRefundFacts = {
  refund_id: string
  payment_id: string
  customer_id: string
  amount: number
  currency: string
}

export const merchantRefund = mail<MerchantRefundFacts>({
  kind: 'merchant_refund',
  gather: async (ctx, { resource_id: refund_id }) => {
    const { payment_id, customer_id, amount, wallet_amount, currency } = await getRefund(ctx, refund_id)
    return { refund_id, payment_id, customer_id, amount: amount + wallet_amount, currency }
  },
  draw: async (page, about) => {
    const { t, money } = page.i18n
    const { name, ...customer } = await customerRow(page, about.customer_id)
    const amount = money(about.amount, about.currency)
    return {
      subject: t('email.merchant.refund.subject', { amount, name }),
      blocks: [
        facts([
          customer,
          { label: t('email.merchant.amount'), value: amount },
          { label: t('email.merchant.payment'), value: about.payment_id },
          { label: t('email.merchant.refund.id'), value: about.refund_id },
        ]),
      ],
    }
  },
})

export const merchantSubscriptionStarted = mail<PlanFacts & { customer_id: string }>({
  kind: 'merchant_subscription_started',
  gather: async (ctx, { resource_id, customer_id, data }) => {
    if (data.deed !== 'started' || customer_id === null) return undefined
    return { ...(await gatherPlan(ctx, resource_id)), customer_id }
  },
  draw: async (page, about) => {
    const { t } = page.i18n
    const { name, ...customer } = await customerRow(page, about.customer_id)
    return {
      subject: t('email.merchant.subscription_started.subject', { name, plan: planName(page, about) }),
      blocks: [
        facts([
          customer,
          planRow(page, about),
          nextPaymentRow(page, about),
          { label: t('email.merchant.subscription'), value: about.subscription_id },
        ]),
      ],
    }
  },
})
