import { getProductName } from '#core/catalog/queries.ts'
import { getGrant } from '#core/entitlements/queries.ts'
import { button, facts, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'

/** Files, once: not when they open again after a hold. Keys have a mail of their own, features need none. */
export const delivered = mail<{ grant_id: string; product: string }>({
  kind: 'entitlement_delivered',
  gather: async (ctx, { resource_id: grant_id, data }) => {
    if (data.first !== true) return undefined
    const { status, entitlement, product_id } = await getGrant(ctx, grant_id)
    if (status !== 'Delivered' || entitlement.integration_type !== 'digital_files') return undefined
    return { grant_id, product: await getProductName(ctx, product_id) }
  },
  draw: async ({ ctx, i18n }, { grant_id, product }) => {
    const { t } = i18n
    const { entitlement } = await getGrant(ctx, grant_id)
    const config = entitlement.integration_config
    const kept = entitlement.files
    const { external_url, instructions } =
      'external_url' in config ? config : { external_url: null, instructions: null }
    return {
      subject: t('email.delivered.subject', { name: entitlement.name }),
      blocks: [
        say(t(kept.length > 0 ? 'email.delivered.download' : 'email.delivered.intro', { product })),
        ...(instructions === null ? [] : [say(instructions)]),
        facts([
          { label: t('email.label.product'), value: product },
          ...kept.map(({ filename, file_size }) => ({ label: filename, value: i18n.fileSize(file_size) })),
        ]),
        kept.length === 0 && external_url?.startsWith('https://')
          ? button(t('email.delivered.open'), external_url)
          : button(t('email.delivered.portal'), ctx.urls.portal.entitlements(ctx.business.business_id)),
      ],
    }
  },
})
