import { getToldChange } from '#core/plan-changes/told-change.ts'
import { facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { gatherPlan, nextPaymentRow, type PlanFacts, planName, planRow, subscriptionButton } from '#email/plan-facts.ts'

/** A scheduled change that will not happen, or one that was made and never paid for. */
export const changeUndone = mail<PlanFacts & { other: string; other_quantity: number; deed: string }>({
  kind: 'plan_change_undone',
  gather: async (ctx, { resource_id, data }) => {
    const { deed, change_id } = data
    if (deed !== 'plan_change_cancelled' && deed !== 'plan_change_undone') return undefined
    const { product_name: other, quantity: other_quantity } = await getToldChange(ctx, String(change_id))
    return { ...(await gatherPlan(ctx, resource_id)), other, other_quantity, deed }
  },
  draw: (page, about) => {
    const { t } = page.i18n
    const other = planName(page, { plan: about.other, quantity: about.other_quantity })
    return {
      subject: t('email.change_undone.subject', { plan: planName(page, about) }),
      blocks: [
        say(
          about.deed === 'plan_change_cancelled'
            ? t('email.change_undone.cancelled', { other })
            : t('email.change_undone.undone', { other }),
        ),
        facts([planRow(page, about), nextPaymentRow(page, about)]),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})
