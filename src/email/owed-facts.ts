// What mails about money that is owed have in common: why, how much, when it is tried again, and the link to pay it.

import { findPayLink } from '#core/recovery/pay-links.ts'
import { type ToldOwed, tellOwed } from '#core/recovery/tell-owed.ts'
import { type Block, button, say, whisper } from '#email/letter.ts'
import type { MailPage } from '#email/mail.ts'
import { subscriptionButton } from '#email/plan-facts.ts'
import type { BusinessCtx } from '#src/context.ts'
import { declineText } from '#ui/decline-text.ts'

export type OwedFacts = {
  amount: number
  currency: string
  code: string | null
  next_retry_at: string | null
}

export async function gatherOwed(ctx: BusinessCtx, subscription_id: string): Promise<OwedFacts | undefined> {
  const owed = await tellOwed(ctx, subscription_id)
  return owed && owedFactsOf(owed)
}

function owedFactsOf({ next_retry_at, ...owed }: ToldOwed): OwedFacts {
  return { ...owed, next_retry_at: next_retry_at?.toString() ?? null }
}

/** In words that never speak of theft, loss or fraud. */
export function reason({ i18n }: MailPage, { code }: Pick<OwedFacts, 'code'>): Block {
  return say(declineText(i18n, code))
}

export function nextTry({ i18n }: MailPage, { next_retry_at }: Pick<OwedFacts, 'next_retry_at'>): Block {
  if (next_retry_at === null) return say(i18n.t('email.no_retry'))
  return say(i18n.t('email.next_retry', { date: i18n.dateTime(next_retry_at) }))
}

/** Whoever holds the link can pay, without signing in; where there is none any more the portal leads to one. */
export async function payButton(
  page: MailPage,
  { subscription_id, amount, currency }: { subscription_id: string; amount: number; currency: string },
): Promise<Block[]> {
  const { ctx, i18n, again } = page
  const link = again ? undefined : await findPayLink(ctx, subscription_id)
  if (link === undefined) return [subscriptionButton(page, subscription_id)]
  return [
    button(i18n.t('email.pay_amount', { amount: i18n.money(amount, currency) }), ctx.urls.pay(link.pay_link_id)),
    whisper(i18n.t('email.pay_link_note')),
  ]
}
