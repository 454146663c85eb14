import { getMailedLink } from '#core/sessions/queries.ts'
import { button, code as digits, say, whisper } from '#email/letter.ts'
import { mail, onlyTheId } from '#email/mail.ts'

/** The answer to "send me a link": a link and a code, both good for a quarter of an hour and for one use. */
export const signIn = mail({
  kind: 'sign_in',
  gather: onlyTheId,
  draw: async ({ ctx, i18n: { t } }, { id }) => {
    const { url, code } = await getMailedLink(ctx, id)
    const business = ctx.business.name
    return {
      subject: t('email.sign_in.subject', { business }),
      blocks: [
        say(t('email.sign_in.intro', { business })),
        button(t('email.sign_in.open'), url),
        say(t('email.sign_in.or_code')),
        digits(code ?? ''),
        whisper(t('email.sign_in.fine_print')),
      ],
    }
  },
})
