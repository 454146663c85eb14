// The person's POST: the only thing that uses up a link to everything an address has.
import { type OpenedSession, openAddressSession } from '#core/sessions/open-session.ts'
import { addressCode, CODE_TRIES, isSameCode } from '#core/sessions/tokens.ts'
import { findSessionByToken, hashSecret } from '#core/unscoped/by-secret.ts'
import { type Ctx, inTransaction } from '#src/context.ts'

/** `open_here`: used by the very browser that asks. */
export type AddressLinkState = 'usable' | 'used' | 'open_here' | 'expired'

export interface AddressLink {
  sign_in_id: string
  email: string
  email_key: string
  state: AddressLinkState
}

interface Browser {
  cookie: string | undefined
  user_agent: string | null
}

/** Whether the link still opens; undefined where nobody made it. Reading changes nothing. */
export async function viewAddressLink(ctx: Ctx, token: string, cookie?: string): Promise<AddressLink | undefined> {
  const link = await byToken(ctx, token).executeTakeFirst()
  if (link === undefined) return undefined
  const { sign_in_id, email, email_key } = link
  return { sign_in_id, email, email_key, state: await stateOf(ctx, link, cookie) }
}

export type AddressConsumed =
  | { type: 'opened'; session: OpenedSession }
  /** Pressed twice by the browser this link signed in already. */
  | { type: 'already_open' }
  | { type: 'unusable'; link: AddressLink | undefined }

/** Uses the link once, whatever number of requests arrive together. */
export async function consumeAddressLink(outer: Ctx, token: string, browser: Browser): Promise<AddressConsumed> {
  return inTransaction(outer, async (ctx) => {
    const link = await byToken(ctx, token).forUpdate().executeTakeFirst()
    if (link === undefined) return { type: 'unusable', link }
    const state = await stateOf(ctx, link, browser.cookie)
    if (state === 'open_here') return { type: 'already_open' }
    if (state !== 'usable') return { type: 'unusable', link: { ...link, state } }
    return { type: 'opened', session: await use(ctx, link, browser) }
  })
}

export type AddressCodeResult =
  | { type: 'opened'; session: OpenedSession }
  | { type: 'wrong' }
  /** Five wrong tries, or nothing to try any more: ask for a new mail. */
  | { type: 'exhausted' }

/** The six digits of the mail, typed into the browser that asked for them. */
export async function consumeAddressCode(
  outer: Ctx,
  { code, flow, ...browser }: Browser & { code: string; flow: string },
): Promise<AddressCodeResult> {
  return inTransaction(outer, async (ctx) => {
    const asked = await ctx.db
      .selectFrom('address_sign_ins')
      .selectAll()
      .where('flow_hash', '=', hashSecret(flow))
      .orderBy('created_at', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    if (asked === undefined || asked.code_tries >= CODE_TRIES) return { type: 'exhausted' }
    const { sign_in_id, nonce } = asked
    const opens = nonce !== null && (await stateOf(ctx, asked)) === 'usable'
    if (opens && isSameCode(code, addressCode(ctx, { sign_in_id, nonce }))) {
      return { type: 'opened', session: await use(ctx, asked, browser) }
    }
    const code_tries = asked.code_tries + 1
    await ctx.db
      .updateTable('address_sign_ins')
      .set({ code_tries })
      .where('sign_in_id', '=', asked.sign_in_id)
      .execute()
    return { type: code_tries >= CODE_TRIES ? 'exhausted' : 'wrong' }
  })
}

function byToken(ctx: Ctx, token: string) {
  return ctx.db.selectFrom('address_sign_ins').selectAll().where('token_hash', '=', hashSecret(token))
}

interface Stated {
  used_at: Temporal.Instant | null
  used_by_session: string | null
  expires_at: Temporal.Instant | null
}

async function stateOf(ctx: Ctx, link: Stated, cookie?: string): Promise<AddressLinkState> {
  if (link.used_at !== null) {
    const here = cookie === undefined ? undefined : await findSessionByToken(ctx, cookie)
    return here !== undefined && here.session_id === link.used_by_session ? 'open_here' : 'used'
  }
  const ended = link.expires_at === null || Temporal.Instant.compare(link.expires_at, ctx.wall.now()) <= 0
  return ended ? 'expired' : 'usable'
}

async function use(ctx: Ctx, { sign_in_id, email_key }: { sign_in_id: string; email_key: string }, browser: Browser) {
  const session = await openAddressSession(ctx, email_key, browser)
  await ctx.db
    .updateTable('address_sign_ins')
    .set({ used_at: ctx.wall.now(), used_by_session: session.session_id })
    .where('sign_in_id', '=', sign_in_id)
    .execute()
  return session
}
