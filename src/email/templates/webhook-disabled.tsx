import { findWebhook } from '#core/webhooks/queries.ts'
import { Heading, Paragraph } from '#email/layout.tsx'
import type { Drawing } from '#email/templates/invite.tsx'
import type { Translator } from '#i18n/translator.ts'
import type { BusinessCtx } from '#src/context.ts'

/** To the merchant: an endpoint answered nothing for more than a day and gets nothing any more. */
export async function drawWebhookDisabled(ctx: BusinessCtx, webhook_id: string, { t }: Translator): Promise<Drawing> {
  // It may have been deleted meanwhile.
  const url = (await findWebhook(ctx, webhook_id))?.url ?? '–'
  const subject = t('email.webhook_disabled.subject')
  const intro = t('email.webhook_disabled.intro', { mode: ctx.mode })
  const what = t('email.webhook_disabled.what_now')
  return {
    subject,
    body: (
      <>
        <Heading>{subject}</Heading>
        <Paragraph>{intro}</Paragraph>
        <Paragraph>
          <bdi dir="ltr">{url}</bdi>
        </Paragraph>
        <Paragraph quiet>{what}</Paragraph>
      </>
    ),
    text: [intro, url, what].join('\n\n'),
  }
}
