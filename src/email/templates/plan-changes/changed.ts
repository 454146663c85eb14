import { getProductName } from '#core/catalog/queries.ts'
import { getToldChange, type ToldChange } from '#core/plan-changes/told-change.ts'
import { amounts, facts, say, whisper } from '#email/letter.ts'
import { type MailPage, mail } from '#email/mail.ts'
import { gatherPlan, nextPaymentRow, type PlanFacts, planName, subscriptionButton } from '#email/plan-facts.ts'
import type { BusinessCtx } from '#src/context.ts'

export type ChangedFacts = PlanFacts & { change_id: string; from: string; from_quantity: number }

export async function gatherChanged(
  ctx: BusinessCtx,
  { resource_id, data }: { resource_id: string; data: Record<string, unknown> },
): Promise<ChangedFacts | undefined> {
  const { deed, change_id, from_product_id, from_quantity } = data
  if (deed !== 'plan_changed' || typeof change_id !== 'string') return undefined
  const { product_name, quantity } = await getToldChange(ctx, change_id)
  return {
    ...(await gatherPlan(ctx, resource_id)),
    plan: product_name,
    quantity,
    change_id,
    from: await getProductName(ctx, String(from_product_id)),
    from_quantity: Number(from_quantity),
  }
}

export const planChanged = mail<ChangedFacts>({
  kind: 'plan_changed',
  gather: gatherChanged,
  draw: async (page, about) => {
    const { ctx, i18n } = page
    const { t } = i18n
    const change = await getToldChange(ctx, about.change_id)
    const plan = planName(page, about)
    return {
      subject: t('email.plan_changed.subject', { plan }),
      blocks: [
        say(t('email.plan_changed.intro', { date: i18n.date(change.effective_at) })),
        facts([
          {
            label: t('email.label.before'),
            value: planName(page, { plan: about.from, quantity: about.from_quantity }),
          },
          { label: t('email.label.now'), value: plan },
          addonsRow(page, change),
          nextPaymentRow(page, about),
        ]),
        ...moneyOf(page, change),
        subscriptionButton(page, about.subscription_id),
      ],
    }
  },
})

export function addonsRow({ i18n }: MailPage, { items }: ToldChange) {
  const addons = items
    .filter(({ kind }) => kind === 'addon')
    .map(({ description, quantity }) => planName({ i18n }, { plan: description, quantity }))
  return addons.length === 0 ? undefined : { label: i18n.t('email.label.addons'), value: i18n.list(addons) }
}

/** What it cost at once, or gave back. */
function moneyOf({ i18n }: MailPage, { charged, credited, currency }: ToldChange) {
  const { t, money } = i18n
  const row = (label: string, amount: number) => (amount === 0 ? undefined : { label, value: money(amount, currency) })
  if (charged === 0 && credited === 0) return []
  const rows = amounts([row(t('email.plan_changed.charged'), charged), row(t('email.plan_changed.credited'), credited)])
  return credited === 0 ? [rows] : [rows, whisper(t('email.plan_changed.credit_note'))]
}
