import type { Child } from 'hono/jsx'
import { getMailedLink } from '#core/sessions/queries.ts'
import { Button, Heading, Paragraph } from '#email/layout.tsx'
import type { Translator } from '#i18n/translator.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Drawing {
  subject: string
  body: Child
  text: string
}

/** A link the merchant made and asked us to mail: good for 24 hours and for one use. */
export async function drawInvite(ctx: BusinessCtx, link_id: string, { t, dateTime }: Translator): Promise<Drawing> {
  const { url, expires_at } = await getMailedLink(ctx, link_id)
  const business = ctx.business.name
  const subject = t('email.invite.subject', { business })
  const intro = t('email.invite.intro', { business })
  const open = t('email.sign_in.open')
  const fine = t('email.invite.fine_print', { date: dateTime(expires_at) })
  return {
    subject,
    body: (
      <>
        <Heading>{subject}</Heading>
        <Paragraph>{intro}</Paragraph>
        <Button href={url}>{open}</Button>
        <Paragraph quiet>{fine}</Paragraph>
      </>
    ),
    text: [intro, url, fine].join('\n\n'),
  }
}
