import { listGrants } from '#core/entitlements/queries.ts'
import { listKeysIssuedTogether } from '#core/licenses/keys-issued-together.ts'
import { button, facts, key as keyBlock, say } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import type { BusinessCtx } from '#src/context.ts'

const SHOWN = 20

/** The keys of a purchase, all in the mail of the first: five seats are one mail. */
export const licenseKeys = mail<{ license_key_id: string }>({
  kind: 'license_key_created',
  gather: async (ctx, { resource_id: license_key_id }) => {
    const [first] = await listKeysIssuedTogether(ctx, license_key_id)
    return first?.license_key_id === license_key_id && first.status === 'active' ? { license_key_id } : undefined
  },
  draw: async ({ ctx, i18n }, { license_key_id }) => {
    const { t, number } = i18n
    const keys = await listKeysIssuedTogether(ctx, license_key_id)
    const [first] = keys
    const product = first?.product_name ?? ''
    const shown = keys.slice(0, SHOWN)
    const message = await activationMessage(ctx, license_key_id, first?.customer_id)
    const devices = first?.activations_limit ?? null
    return {
      subject: t('email.license_keys.subject', { product, count: keys.length }),
      blocks: [
        say(t('email.license_keys.intro', { product, count: keys.length })),
        ...shown.map(({ key }) => keyBlock(key)),
        ...(keys.length > shown.length
          ? [say(t('email.license_keys.more', { count: keys.length - shown.length }))]
          : []),
        ...(message === null ? [] : [say(message)]),
        ...(devices === null ? [] : [facts([{ label: t('email.label.devices'), value: number(devices) }])]),
        button(t('email.license_keys.open'), ctx.urls.portal.licenseKeys(ctx.business.business_id)),
      ],
    }
  },
})

/** In the merchant's words. */
async function activationMessage(
  ctx: BusinessCtx,
  license_key_id: string,
  customer_id: string | undefined,
): Promise<string | null> {
  if (customer_id === undefined) return null
  const grants = await listGrants(ctx, { customer_id, integration_type: 'license_key' })
  const grant = grants.find((each) => each.license_key_id === license_key_id)
  const config = grant?.entitlement.integration_config
  return config !== undefined && 'activation_message' in config ? config.activation_message : null
}
