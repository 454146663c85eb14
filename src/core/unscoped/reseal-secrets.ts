// After SECRET_KEY was changed: everything that is encrypted is encrypted anew, whatever business it belongs to.
import { type Ctx, inTransaction } from '#src/context.ts'

/** Answers how many rows it wrote. Afterwards no earlier key is needed. */
export async function resealSecrets(outer: Ctx): Promise<number> {
  return inTransaction(outer, async (ctx) => {
    const webhooks = await ctx.db
      .selectFrom('webhook_endpoints')
      .select(['business_id', 'webhook_id', 'secret', 'previous_secret', 'headers'])
      .orderBy('business_id')
      .orderBy('webhook_id')
      .forUpdate()
      .execute()
    for (const { business_id, webhook_id, secret, previous_secret, headers } of webhooks) {
      const anew = <T extends string | null>(sealed: T, purpose: string) =>
        (sealed === null
          ? null
          : ctx.secrets.seal(
              ctx.secrets.open(sealed, purpose, business_id, webhook_id),
              purpose,
              business_id,
              webhook_id,
            )) as T
      await ctx.db
        .updateTable('webhook_endpoints')
        .set({
          secret: anew(secret, 'webhook_secret'),
          previous_secret: anew(previous_secret, 'webhook_secret'),
          headers: anew(headers, 'webhook_headers'),
        })
        .where('business_id', '=', business_id)
        .where('webhook_id', '=', webhook_id)
        .execute()
    }
    return webhooks.length
  })
}
