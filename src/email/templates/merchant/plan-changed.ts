import { getToldChange } from '#core/plan-changes/told-change.ts'
import { customerRow } from '#email/customer-row.ts'
import { amounts, facts } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { nextPaymentRow, planName } from '#email/plan-facts.ts'
import { type ChangedFacts, gatherChanged } from '#email/templates/plan-changes/changed.ts'

/** Every upgrade and downgrade that happens. */
export const merchantPlanChanged = mail<ChangedFacts & { customer_id: string }>({
  kind: 'merchant_plan_changed',
  gather: async (ctx, event) => {
    const about = await gatherChanged(ctx, event)
    return about && { ...about, customer_id: event.customer_id ?? '' }
  },
  draw: async (page, about) => {
    const { ctx, i18n } = page
    const { t, money } = i18n
    const { charged, credited, currency } = await getToldChange(ctx, about.change_id)
    const { name, ...customer } = await customerRow(page, about.customer_id)
    const plan = planName(page, about)
    const row = (label: string, amount: number) =>
      amount === 0 ? undefined : { label, value: money(amount, currency) }
    return {
      subject: t('email.merchant.plan_changed.subject', { name, plan }),
      blocks: [
        facts([
          customer,
          {
            label: t('email.label.before'),
            value: planName(page, { plan: about.from, quantity: about.from_quantity }),
          },
          { label: t('email.label.now'), value: plan },
          nextPaymentRow(page, about),
          { label: t('email.merchant.subscription'), value: about.subscription_id },
        ]),
        ...(charged + credited === 0
          ? []
          : [
              amounts([row(t('email.plan_changed.charged'), charged), row(t('email.plan_changed.credited'), credited)]),
            ]),
      ],
    }
  },
})
