// The person's POST: the only thing that uses a link up.
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { from, on, update } from '#core/scope.ts'
import { hasOtherCustomers } from '#core/sessions/choose-customer.ts'
import { type OpenedSession, openSession } from '#core/sessions/open-session.ts'
import { findAccessLinkByToken, findSessionByToken } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, type Ctx, inTransaction } from '#src/context.ts'

/** `open_here`: used by the very browser that asks. */
export type LinkState = 'usable' | 'used' | 'open_here' | 'expired'

export interface LinkView {
  ctx: BusinessCtx
  link_id: string
  customer_id: string
  /** Given with the API key. */
  return_url: string | null
  return_path: string | null
  state: LinkState
}

/** Whose link this is and whether it still opens; undefined where nobody made it. Reading changes nothing. */
export async function viewLink(ctx: Ctx, token: string, cookie?: string): Promise<LinkView | undefined> {
  const link = await findAccessLinkByToken(ctx, token)
  if (link === undefined) return undefined
  const businessCtx = await getBusinessCtx(ctx, link.business_id)
  const { link_id, customer_id, return_url, return_path } = link
  const state = stateOf(ctx, link)
  const openHere = state === 'used' && (await openedHere(businessCtx, link.used_by_session, cookie))
  const known = { ctx: businessCtx, link_id, customer_id, return_url, return_path }
  return { ...known, state: openHere ? 'open_here' : state }
}

function stateOf(ctx: Ctx, link: { used_at: Temporal.Instant | null; expires_at: Temporal.Instant }): LinkState {
  if (link.used_at !== null) return 'used'
  return Temporal.Instant.compare(link.expires_at, ctx.wall.now()) <= 0 ? 'expired' : 'usable'
}

export type Consumed =
  | {
      type: 'opened'
      business_id: string
      session: OpenedSession
      return_path: string | null
      /** The address has other customers at this business. */
      has_choice: boolean
    }
  /** Pressed twice by the browser this link signed in already. */
  | { type: 'already_open'; business_id: string }
  | { type: 'unusable'; view: LinkView | undefined }

/** Uses the link once, whatever number of requests arrive together. */
export async function consumeLink(
  outer: Ctx,
  token: string,
  browser: { cookie: string | undefined; user_agent: string | null },
): Promise<Consumed> {
  const view = await viewLink(outer, token)
  if (view === undefined) return { type: 'unusable', view }
  return inTransaction(view.ctx, async (ctx) => {
    const link = await from(ctx, 'access_links')
      .selectAll()
      .where('link_id', '=', view.link_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const state = stateOf(ctx, link)
    if (state === 'used' && (await openedHere(ctx, link.used_by_session, browser.cookie))) {
      return { type: 'already_open', business_id: link.business_id }
    }
    if (state !== 'usable') return { type: 'unusable', view: { ...view, state } }
    const { business_id, customer_id, return_url, return_path, purpose } = link
    const proven_email_key = await findProvenAddress(ctx, link)
    const by = purpose === 'invite' ? 'invite' : 'link'
    const session = await openSession(ctx, { customer_id, return_url, proven_email_key, by, ...browser })
    await useLink(ctx, link.link_id, session.session_id)
    const has_choice = await hasOtherCustomers(ctx, { customer_id, proven_email_key })
    return { type: 'opened', business_id, session, return_path, has_choice }
  })
}

export async function useLink(ctx: BusinessCtx, link_id: string, session_id: string): Promise<void> {
  await update(ctx, 'access_links')
    .set({ used_at: ctx.wall.now(), used_by_session: session_id })
    .where('link_id', '=', link_id)
    .execute()
}

/**
 * The address whose owner read the mail this link came with. Null for a merchant's link, which proves nothing of whoever opens it, and
 * where the customer has another address by now.
 */
export async function findProvenAddress(
  ctx: BusinessCtx,
  { customer_id, request_id }: { customer_id: string; request_id: string | null },
): Promise<string | null> {
  if (request_id === null) return null
  const proven = await from(ctx, 'sign_in_requests')
    .innerJoin('customers', on('customers.email_key', 'sign_in_requests.email_key'))
    .select('customers.email_key')
    .where('request_id', '=', request_id)
    .where('customers.customer_id', '=', customer_id)
    .executeTakeFirst()
  return proven?.email_key ?? null
}

async function openedHere(ctx: BusinessCtx, session_id: string | null, cookie: string | undefined): Promise<boolean> {
  if (session_id === null || cookie === undefined) return false
  return (await findSessionByToken(ctx, cookie))?.session_id === session_id
}
