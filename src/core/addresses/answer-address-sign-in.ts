// The worker's half: only here it matters whether anybody's customer has the address.
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from } from '#core/scope.ts'
import { HOURLY_LIMIT, SIGN_IN_LIFETIME, STILL_OPEN } from '#core/sessions/answer-sign-in-request.ts'
import { addressToken } from '#core/sessions/tokens.ts'
import { listRecordsOfAddress } from '#core/unscoped/by-address.ts'
import { hashSecret } from '#core/unscoped/by-secret.ts'
import { type Ctx, inTransaction } from '#src/context.ts'
import { newSecret } from '#src/ids.ts'

/** The mail is written in the name of no business, and kept by the one whose customer the address has been longest. */
export async function answerAddressSignIn(outer: Ctx, sign_in_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const asked = await ctx.db
      .selectFrom('address_sign_ins')
      .selectAll()
      .where('sign_in_id', '=', sign_in_id)
      .forUpdate()
      .executeTakeFirst()
    if (asked === undefined || asked.answered_at !== null) return
    const now = ctx.wall.now()
    const answer = (values: { nonce: string; token_hash: Buffer; expires_at: Temporal.Instant } | object) =>
      ctx.db
        .updateTable('address_sign_ins')
        .set({ answered_at: now, ...values })
        .where('sign_in_id', '=', sign_in_id)
        .execute()
    const { email_key, locale } = asked
    const [record] = await listRecordsOfAddress(ctx, email_key, { page_number: 0, page_size: 1 })
    if (record === undefined) return void (await answer({}))
    const { customer_id, business_id } = record
    const business = await getBusinessCtx(ctx, business_id)
    // Requests that are answered at the same moment are counted one after the other.
    await from(business, 'customers').select('customer_id').where('customer_id', '=', customer_id).forUpdate().execute()
    if (await hasEnoughMails(ctx, email_key)) return void (await answer({}))
    const nonce = newSecret()
    const token_hash = hashSecret(addressToken(ctx, { sign_in_id, nonce }))
    await answer({ nonce, token_hash, expires_at: now.add(SIGN_IN_LIFETIME) })
    const data = { locale, email_key }
    await recordEvent(business, { type: 'address_link.requested', resource_id: sign_in_id, customer_id, data })
  })
}

/** A stranger who asks again and again must neither flood the inbox nor keep its owner out. */
async function hasEnoughMails(ctx: Ctx, email_key: string): Promise<boolean> {
  const now = ctx.wall.now()
  const { sent, usable } = await ctx.db
    .selectFrom('address_sign_ins')
    .select((eb) => [
      eb.fn.countAll<number>().as('sent'),
      eb.fn
        .countAll<number>()
        .filterWhere('used_at', 'is', null)
        .filterWhere('expires_at', '>', now.add(STILL_OPEN))
        .as('usable'),
    ])
    .where('email_key', '=', email_key)
    .where('nonce', 'is not', null)
    .where('created_at', '>', now.subtract({ hours: 1 }))
    .executeTakeFirstOrThrow()
  return Number(sent) >= HOURLY_LIMIT && Number(usable) > 0
}
