import { randomBytes } from 'node:crypto'
import { statusWhenOpened } from '#billing/license-key.ts'
import { recordEvent } from '#core/events/record-event.ts'
import type { LicenseKeyRow } from '#core/licenses/store.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export interface NewLicenseKey
  extends Pick<
    LicenseKeyRow,
    'customer_id' | 'product_id' | 'payment_id' | 'subscription_id' | 'activations_limit' | 'expires_at' | 'source'
  > {
  /** Made here where it is not given. */
  key?: string
}

/** Writes a key. Throws CONFLICT where the same key is there already. A key that was imported is no news to the merchant. */
export async function createLicenseKey(outer: BusinessCtx, fields: NewLicenseKey): Promise<LicenseKeyRow> {
  return inTransaction(outer, async (ctx) => {
    const now = ctx.clock.now()
    const key = await ctx.db
      .insertInto('license_keys')
      .values({
        ...owned(ctx),
        license_key_id: newId('license_key', ctx.wall.now().epochMilliseconds),
        ...fields,
        key: fields.key ?? newKey(),
        status: statusWhenOpened(fields.expires_at, now),
        created_at: now,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (key === undefined) throw new AppError('CONFLICT', { message: 'This license key exists already', field: 'key' })
    const { license_key_id, customer_id } = key
    if (key.source !== 'import') {
      await recordEvent(ctx, { type: 'license_key.created', resource_id: license_key_id, customer_id })
    }
    return key
  })
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 125 random bits in five groups of five, without I, L, O and U. */
function newKey(): string {
  const letters = [...randomBytes(25)].map((byte) => ALPHABET[byte % 32]).join('')
  return letters.match(/.{5}/g)?.join('-') ?? letters
}
