import { findWebhook } from '#core/webhooks/queries.ts'
import { facts, say, whisper } from '#email/letter.ts'
import { mail, onlyTheId } from '#email/mail.ts'

/** To the merchant: an endpoint answered nothing for more than a day and gets nothing any more. */
export const webhookDisabled = mail({
  kind: 'merchant_webhook_disabled',
  gather: onlyTheId,
  draw: async ({ ctx, i18n: { t } }, { id }) => {
    // It may have been deleted meanwhile.
    const value = (await findWebhook(ctx, id))?.url ?? '–'
    return {
      subject: t('email.webhook_disabled.subject'),
      blocks: [
        say(t('email.webhook_disabled.intro', { mode: ctx.mode })),
        facts([{ label: t('email.webhook_disabled.address'), value }]),
        whisper(t('email.webhook_disabled.what_now')),
      ],
    }
  },
})
