// Links under which a subscription, or a change of its plan, is paid for by whoever holds them. The id is the secret: 77 random bits.
import type { Selectable } from 'kysely'
import { from, owned, update } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export type PayLink = Selectable<DB['pay_links']>

/** One the merchant asks for, in wall time. */
const LIFETIME = Temporal.Duration.from({ hours: 24 })
/** One that stands in mails and in the portal while something is owed. */
const STANDING = Temporal.Duration.from({ hours: 24 * 90 })

export async function createPayLink(
  ctx: BusinessCtx,
  { subscription_id, customer_id }: Pick<Subscription, 'subscription_id' | 'customer_id'>,
  input: Pick<PayLink, 'purpose' | 'return_url'> &
    Partial<Pick<PayLink, 'change_id' | 'expires_at'>> & {
      standing?: boolean
      allowed_types?: readonly string[] | null
    },
): Promise<PayLink> {
  const now = ctx.wall.now()
  return ctx.db
    .insertInto('pay_links')
    .values({
      ...owned(ctx),
      pay_link_id: newId('pay_link', now.epochMilliseconds),
      subscription_id,
      customer_id,
      purpose: input.purpose,
      return_url: input.return_url,
      allowed_payment_method_types: input.allowed_types ? [...input.allowed_types] : null,
      change_id: input.change_id ?? null,
      created_at: now,
      expires_at: input.expires_at ?? now.add(input.standing === true ? STANDING : LIFETIME),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Something is owed from now on: there is a link to pay it. Call it with the subscription locked. */
export async function keepPayLink(ctx: BusinessCtx, subscription: Subscription): Promise<void> {
  const { expires_at } = (await findPayLink(ctx, subscription.subscription_id)) ?? {}
  const soon = ctx.wall.now().add({ hours: STANDING.hours / 2 })
  if (expires_at !== undefined && Temporal.Instant.compare(expires_at, soon) > 0) return
  await createPayLink(ctx, subscription, { purpose: 'dues', return_url: null, standing: true })
}

/** The link that mails and the portal lead to, where something is owed. */
export async function findPayLink(ctx: BusinessCtx, subscription_id: string): Promise<PayLink | undefined> {
  return from(ctx, 'pay_links')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .where('purpose', '=', 'dues')
    .where('return_url', 'is', null)
    .where('expires_at', '>', ctx.wall.now())
    .orderBy('expires_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Something came to be owed since the link was made: that is what it is for now. */
export async function leadToDues(ctx: BusinessCtx, { pay_link_id }: PayLink): Promise<void> {
  await update(ctx, 'pay_links').set({ purpose: 'dues' }).where('pay_link_id', '=', pay_link_id).execute()
}

export async function getPayLink(ctx: BusinessCtx, pay_link_id: string): Promise<PayLink> {
  const link = await from(ctx, 'pay_links').selectAll().where('pay_link_id', '=', pay_link_id).executeTakeFirst()
  if (link === undefined) throw notFound('page')
  return link
}
