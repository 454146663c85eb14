// The worker's half of "send me a link": only here it matters whether the address is a customer's.
import { findCustomerByEmail } from '#core/customers/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, update } from '#core/scope.ts'
import { createLink } from '#core/sessions/create-link.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

const LIFETIME = Temporal.Duration.from({ minutes: 15 })

/** More mails than this to one address in an hour help nobody. */
const HOURLY_LIMIT = 20

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
    if (customer === undefined || (await mailedWithinTheHour(ctx, request.email_key)) >= HOURLY_LIMIT) return
    const { customer_id } = customer
    const { return_path, locale } = request
    const { link_id } = await createLink(ctx, {
      customer_id,
      purpose: 'sign_in',
      lifetime: LIFETIME,
      request_id,
      return_path,
    })
    await recordEvent(ctx, { type: 'access_link.requested', resource_id: link_id, customer_id, data: { locale } })
  })
}

async function mailedWithinTheHour(ctx: BusinessCtx, email_key: string): Promise<number> {
  const { count } = await from(ctx, 'sign_in_requests')
    .innerJoin('access_links', (join) =>
      join
        .onRef('access_links.business_id', '=', 'sign_in_requests.business_id')
        .onRef('access_links.request_id', '=', 'sign_in_requests.request_id'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('sign_in_requests.email_key', '=', email_key)
    .where('sign_in_requests.created_at', '>', ctx.wall.now().subtract({ hours: 1 }))
    .executeTakeFirstOrThrow()
  return Number(count)
}
