import { getMailedLink } from '#core/sessions/queries.ts'
import { button, say, whisper } from '#email/letter.ts'
import { mail, onlyTheId } from '#email/mail.ts'

/** A link the merchant made and asked us to mail: good for 24 hours and for one use. */
export const invite = mail({
  kind: 'invite',
  gather: onlyTheId,
  draw: async ({ ctx, i18n: { t, dateTime } }, { id }) => {
    const { url, expires_at } = await getMailedLink(ctx, id)
    const business = ctx.business.name
    return {
      subject: t('email.invite.subject', { business }),
      blocks: [
        say(t('email.invite.intro', { business })),
        button(t('email.sign_in.open'), url),
        whisper(t('email.invite.fine_print', { date: dateTime(expires_at) })),
      ],
    }
  },
})
