import { getMailedLink } from '#core/sessions/queries.ts'
import { Button, Code, Heading, Paragraph } from '#email/layout.tsx'
import type { Drawing } from '#email/templates/invite.tsx'
import type { Translator } from '#i18n/translator.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The answer to "send me a link": a link and a code, both good for a quarter of an hour and for one use. */
export async function drawSignIn(ctx: BusinessCtx, link_id: string, { t }: Translator): Promise<Drawing> {
  const { url, code } = await getMailedLink(ctx, link_id)
  const business = ctx.business.name
  const lines = {
    subject: t('email.sign_in.subject', { business }),
    intro: t('email.sign_in.intro', { business }),
    open: t('email.sign_in.open'),
    or: t('email.sign_in.or_code'),
    fine: t('email.sign_in.fine_print'),
  }
  return {
    subject: lines.subject,
    body: (
      <>
        <Heading>{lines.subject}</Heading>
        <Paragraph>{lines.intro}</Paragraph>
        <Button href={url}>{lines.open}</Button>
        <Paragraph>{lines.or}</Paragraph>
        <Code>{code}</Code>
        <Paragraph quiet>{lines.fine}</Paragraph>
      </>
    ),
    text: [lines.intro, url, lines.or, code ?? '', lines.fine].join('\n\n'),
  }
}
