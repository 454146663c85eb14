// Another address: the new one is asked, the old one is told.
import { getEmailChange } from '#core/profile/change-email.ts'
import { button, say, whisper } from '#email/letter.ts'
import { mail, onlyTheId } from '#email/mail.ts'

/** To the new address: whoever reads it may say that it is theirs. */
export const emailProof = mail({
  kind: 'email_change',
  reader: async (ctx, { resource_id }) => (await getEmailChange(ctx, resource_id)).new_email,
  gather: onlyTheId,
  stands: async (ctx, { id }) => (await getEmailChange(ctx, id)).state === 'usable',
  draw: async ({ ctx, i18n: { t, dateTime } }, { id }) => {
    const { url, good_until } = await getEmailChange(ctx, id)
    const business = ctx.business.name
    return {
      subject: t('email.email_change.subject', { business }),
      blocks: [
        say(t('email.email_change.intro', { business })),
        button(t('email.email_change.confirm'), url),
        whisper(t('email.email_change.fine_print', { date: dateTime(good_until) })),
      ],
    }
  },
})

/** To the old address, which may be the only one that knows nothing of it. */
export const emailChanged = mail({
  kind: 'email_change',
  reader: async (_, { data }) => (data as { old_email?: string }).old_email,
  gather: onlyTheId,
  draw: ({ ctx, i18n: { t } }) => {
    const { name: business, support_email } = ctx.business
    return {
      subject: t('email.email_changed.subject', { business }),
      blocks: [
        say(t('email.email_changed.intro', { business })),
        say(
          support_email === null
            ? t('email.email_changed.not_you', { business })
            : t('email.email_changed.not_you_write', { email: support_email }),
        ),
      ],
    }
  },
})
