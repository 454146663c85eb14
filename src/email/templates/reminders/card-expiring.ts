import { describeMethod } from '#core/invoices/describe-method.ts'
import { listPlansPaidWith } from '#core/payment-methods/list-plans-paid.ts'
import { getPaymentMethod } from '#core/payment-methods/queries.ts'
import { button, facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'

/** A card that pays something is good for two more weeks. */
export const cardExpiring = mail<{ payment_method_id: string; month: string }>({
  kind: 'card_expiring',
  gather: async (ctx, { resource_id: payment_method_id, data }) => {
    const ahead = Temporal.Instant.compare(Temporal.Instant.from(String(data.at)), ctx.clock.now()) > 0
    const { removed_at } = await getPaymentMethod(ctx, payment_method_id)
    const plans = await listPlansPaidWith(ctx, payment_method_id)
    return ahead && removed_at === null && plans.length > 0
      ? { payment_method_id, month: String(data.about) }
      : undefined
  },
  draw: async ({ ctx, i18n }, { payment_method_id, month }) => {
    const { t } = i18n
    const method = describeMethod(await getPaymentMethod(ctx, payment_method_id))
    const plans = await listPlansPaidWith(ctx, payment_method_id)
    const [year, digits] = month.split('-')
    return {
      subject: t('email.card_expiring.subject', { method }),
      blocks: [
        say(t('email.card_expiring.intro')),
        facts([
          { label: t('email.label.method'), value: method },
          { label: t('email.card_expiring.good_through'), value: `${digits}/${year}` },
          plans.length === 0 ? undefined : { label: t('email.label.for'), value: i18n.list(plans) },
        ]),
        button(t('email.card_expiring.open'), ctx.urls.portal.paymentMethods(ctx.business.business_id)),
      ],
    }
  },
})
