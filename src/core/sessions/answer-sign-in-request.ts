// The worker's half of "send me a link": only here it matters whether the address is a customer's.
import { findCustomerByEmail } from '#core/customers/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, on, update } from '#core/scope.ts'
import { createLink } from '#core/sessions/create-link.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export const SIGN_IN_LIFETIME = Temporal.Duration.from({ minutes: 15 })

/** More mails than this to one address in an hour help nobody, as long as one of them still opens for a while. */
export const HOURLY_LIMIT = 20
export const STILL_OPEN = Temporal.Duration.from({ minutes: 5 })

export async function answerSignInRequest(outer: BusinessCtx, request_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const request = await from(ctx, 'sign_in_requests')
      .selectAll()
      .where('request_id', '=', request_id)
      .forUpdate()
      .executeTakeFirst()
    if (request === undefined || request.answered_at !== null) return
    const now = ctx.wall.now()
    await update(ctx, 'sign_in_requests').set({ answered_at: now }).where('request_id', '=', request_id).execute()
    const customer = await findCustomerByEmail(ctx, request.email)
    if (customer === undefined || (await hasEnoughMails(ctx, customer.customer_id, request.email_key))) return
    const { customer_id } = customer
    const { return_path, locale, email_key } = request
    const { link_id } = await createLink(ctx, {
      customer_id,
      purpose: 'sign_in',
      lifetime: SIGN_IN_LIFETIME,
      request_id,
      return_path,
    })
    await recordEvent(ctx, {
      type: 'access_link.requested',
      resource_id: link_id,
      customer_id,
      data: { locale, email_key },
    })
  })
}

/** A stranger who asks again and again must neither flood the inbox nor keep its owner out. */
async function hasEnoughMails(ctx: BusinessCtx, customer_id: string, email_key: string): Promise<boolean> {
  // Requests that are answered at the same moment are counted one after the other.
  await from(ctx, 'customers').select('customer_id').where('customer_id', '=', customer_id).forUpdate().execute()
  const now = ctx.wall.now()
  const { sent, usable } = await from(ctx, 'sign_in_requests')
    .innerJoin('access_links', on('access_links.request_id', 'sign_in_requests.request_id'))
    .select((eb) => [
      eb.fn.countAll<number>().as('sent'),
      eb.fn
        .countAll<number>()
        .filterWhere('used_at', 'is', null)
        .filterWhere('expires_at', '>', now.add(STILL_OPEN))
        .as('usable'),
    ])
    .where('sign_in_requests.email_key', '=', email_key)
    .where('sign_in_requests.created_at', '>', now.subtract({ hours: 1 }))
    .executeTakeFirstOrThrow()
  return Number(sent) >= HOURLY_LIMIT && Number(usable) > 0
}
