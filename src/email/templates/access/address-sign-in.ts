import { getMailedAddressLink } from '#core/addresses/queries.ts'
import { button, code as digits, say, whisper } from '#email/letter.ts'
import { mail, onlyTheId } from '#email/mail.ts'

/** The link and the code to everything an address has, at any business. */
export const addressSignIn = mail({
  kind: 'sign_in',
  gather: onlyTheId,
  draw: async ({ ctx, i18n: { t } }, { id }) => {
    const { url, code } = await getMailedAddressLink(ctx, id)
    return {
      subject: t('email.address_sign_in.subject'),
      blocks: [
        say(t('email.address_sign_in.intro')),
        button(t('email.sign_in.open'), url),
        say(t('email.sign_in.or_code')),
        digits(code),
        whisper(t('email.sign_in.fine_print')),
      ],
    }
  },
})
