import { randomBytes } from 'node:crypto'
import { periodBoundary } from '#billing/period.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface LicensedPurchase {
  product_id: string
  quantity: number
  customer_id: string
  payment_id: string | null
  subscription_id: string | null
}

/** One key per unit of a product that comes with keys; none otherwise. A subscription's keys have no end of their own. */
export async function issueLicenseKeys(ctx: BusinessCtx, purchase: LicensedPurchase): Promise<void> {
  const product = await from(ctx, 'products')
    .selectAll()
    .where('product_id', '=', purchase.product_id)
    .executeTakeFirstOrThrow()
  if (!product.license_key_enabled) return
  const now = ctx.clock.now()
  const { license_key_duration_count: count, license_key_duration_interval: interval } = product
  const lasts = count !== null && interval !== null && purchase.subscription_id === null
  const { quantity, ...owner } = purchase
  for (let unit = 0; unit < quantity; unit += 1) {
    const license_key_id = newId('license_key', ctx.wall.now().epochMilliseconds)
    await ctx.db
      .insertInto('license_keys')
      .values({
        ...owned(ctx),
        license_key_id,
        key: newKey(),
        ...owner,
        status: 'active',
        activations_limit: product.license_key_activations_limit,
        expires_at: lasts ? periodBoundary(now, { count, interval }, 1) : null,
        created_at: now,
      })
      .execute()
    await recordEvent(ctx, {
      type: 'license_key.created',
      resource_id: license_key_id,
      customer_id: purchase.customer_id,
    })
  }
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 125 random bits in five groups of five, without I, L, O and U. */
function newKey(): string {
  const letters = [...randomBytes(25)].map((byte) => ALPHABET[byte % 32]).join('')
  return letters.match(/.{5}/g)?.join('-') ?? letters
}
