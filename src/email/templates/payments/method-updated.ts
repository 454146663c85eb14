import { describeMethod } from '#core/invoices/describe-method.ts'
import { getPaymentMethod } from '#core/payment-methods/queries.ts'
import { button, facts, say, whisper } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { gatherPlan, nextPaymentRow, type PlanFacts, planName, planRow } from '#email/plan-facts.ts'

/** Where what was owed is paid with it at once, the receipt names it. */
export const methodUpdated = mail<PlanFacts & { payment_method_id: string }>({
  kind: 'payment_method_updated',
  gather: async (ctx, { resource_id, data }) => {
    const { payment_method_id, with_payment } = data
    if (with_payment === true || typeof payment_method_id !== 'string') return undefined
    return { ...(await gatherPlan(ctx, resource_id)), payment_method_id }
  },
  draw: async (page, about) => {
    const { ctx, i18n } = page
    const { t } = i18n
    const method = describeMethod(await getPaymentMethod(ctx, about.payment_method_id))
    return {
      subject: t('email.method_updated.subject', { plan: planName(page, about) }),
      blocks: [
        say(t('email.method_updated.intro')),
        facts([planRow(page, about), { label: t('email.label.method'), value: method }, nextPaymentRow(page, about)]),
        button(t('email.see_methods'), ctx.urls.portal.paymentMethods(ctx.business.business_id)),
        whisper(t('email.not_you')),
      ],
    }
  },
})
