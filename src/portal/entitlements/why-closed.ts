import type { MessageKey } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'

const sentences: Record<string, MessageKey> = {
  subscription_on_hold: 'portal.unlocked.why.on_hold',
  SubscriptionPaused: 'portal.unlocked.why.paused',
  subscription_cancelled: 'portal.unlocked.why.ended',
  subscription_expired: 'portal.unlocked.why.ended',
  plan_changed: 'portal.unlocked.why.plan_changed',
  refund: 'portal.unlocked.why.refund',
}

/** Why what was unlocked is closed or rests, and what would open it again. */
export function whyClosed({ i18n, business }: PortalPage, revocation_reason: string): string {
  const sentence = sentences[revocation_reason]
  return sentence === undefined ? i18n.t('portal.unlocked.why.merchant', { business: business.name }) : i18n.t(sentence)
}
