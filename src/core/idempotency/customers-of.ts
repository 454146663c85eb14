// Whom a text is about, by the ids in it.
import { type RawBuilder, sql } from 'kysely'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

const ID = /(?<![0-9A-Za-z])(cus|sub|pay|lic)_[0-9A-Za-z]{21}(?![0-9A-Za-z])/g

/** Customers that are named, and those of subscriptions, payments and license keys that are named where no customer is. */
export async function customersOf(ctx: BusinessCtx, text: string): Promise<string[]> {
  const ids = [...new Set(Array.from(text.matchAll(ID), ([id]) => id))]
  const of = (kind: string) => ids.filter((id) => id.startsWith(`${kind}_`))
  if (of('cus').length > 0 || ids.length === 0) return of('cus').sort()
  const found = await from(ctx, 'subscriptions')
    .select('customer_id')
    .where('subscription_id', '=', any(of('sub')))
    .union(
      from(ctx, 'payments')
        .select('customer_id')
        .where('payment_id', '=', any(of('pay'))),
    )
    .union(
      from(ctx, 'license_keys')
        .select('customer_id')
        .where('license_key_id', '=', any(of('lic'))),
    )
    .execute()
  return found.map(({ customer_id }) => customer_id).sort()
}

/** A list that may be empty. */
function any(ids: string[]): RawBuilder<string> {
  return sql<string>`any (${ids}::text[])`
}
