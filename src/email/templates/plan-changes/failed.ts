import type { Event } from '#core/events/dispatch-event.ts'
import { getPayment } from '#core/payments/queries.ts'
import { findToldChange, type ToldChange } from '#core/plan-changes/told-change.ts'
import { button, facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { reason } from '#email/owed-facts.ts'
import { gatherPlan, nextPaymentRow, type PlanFacts, planName, planRow } from '#email/plan-facts.ts'
import type { BusinessCtx } from '#src/context.ts'

type FailedFacts = PlanFacts & {
  other: string
  other_quantity: number
  amount: number
  /** Null where the payment never came. */
  code: string | null
}

/** A change that waited for its money, and did not get it. One that was made at once is on hold, and told so. */
export const changeFailed = mail<FailedFacts>({
  kind: 'plan_change_failed',
  gather: async (ctx, event) => {
    const found = await findFailed(ctx, event)
    if (found === undefined) return undefined
    const { subscription_id, product_name: other, quantity: other_quantity, charged: amount } = found.change
    return { ...(await gatherPlan(ctx, subscription_id)), other, other_quantity, amount, code: found.code }
  },
  draw: (page, about) => {
    const { ctx, i18n } = page
    const { t } = i18n
    const plan = planName(page, about)
    const other = planName(page, { plan: about.other, quantity: about.other_quantity })
    const amount = i18n.money(about.amount, about.currency)
    return {
      subject: t('email.change_failed.subject', { plan }),
      blocks: [
        say(t('email.change_failed.intro', { other, amount })),
        ...(about.code === null ? [] : [reason(page, about)]),
        facts([planRow(page, about), nextPaymentRow(page, about)]),
        button(
          t('email.change_failed.again'),
          ctx.urls.portal.planChange(ctx.business.business_id, about.subscription_id),
        ),
      ],
    }
  },
})

async function findFailed(
  ctx: BusinessCtx,
  { type, resource_id, data }: Event,
): Promise<{ change: ToldChange; code: string | null } | undefined> {
  if (type === 'subscription.updated') {
    if (data.deed !== 'plan_change_expired') return undefined
    const change = await findToldChange(ctx, { change_id: String(data.change_id) })
    return change && { change, code: null }
  }
  const { dues_id, error_code } = await getPayment(ctx, resource_id)
  const change = await findToldChange(ctx, { dues_id })
  return change?.status === 'failed' ? { change, code: error_code } : undefined
}
