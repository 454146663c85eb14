// The ways in: the static link with its mail, the code of that mail, and the personal link.

import { type Context, Hono } from 'hono'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { consumeCode } from '#core/sessions/consume-code.ts'
import { consumeLink, viewLink } from '#core/sessions/consume-link.ts'
import { renewLink } from '#core/sessions/renew-link.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'
import type { MessageKey } from '#i18n/translator.ts'
import { businessPage } from '#portal/business-page.ts'
import { readFlow, readSession, writeFlow, writeSession } from '#portal/cookies.ts'
import { ArchivedPage } from '#portal/getting-in/archived-page.tsx'
import { CheckInboxPage, codeForm } from '#portal/getting-in/check-inbox-page.tsx'
import { LinkSentPage } from '#portal/getting-in/link-unusable-page.tsx'
import { LoginPage, loginForm } from '#portal/getting-in/login-page.tsx'
import { SessionPage } from '#portal/getting-in/session-page.tsx'
import { showUnusable } from '#portal/getting-in/show-unusable.tsx'
import { limitSignIns } from '#portal/getting-in/sign-in-limits.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { isLoopback } from '#src/hosts.ts'
import { parseForm } from '#ui/parse-form.ts'

const RESEND_SECONDS = 60

export function gettingIn(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.use('/login/:business_id/*', async (c, next) => {
    c.set('business', await getBusinessCtx(c.var.ctx, c.req.param('business_id') ?? ''))
    await next()
  })
  door.get('/login/:business_id', showLogin)
  door.post('/login/:business_id', limitSignIns, askForLink)
  door.post('/login/:business_id/code', limitSignIns, enterCode)
  door.get('/session/:token', (c) => showLink(c))
  door.post('/session/:token', limitSignIns, pressLink)
  return door
}

function showLogin(c: AppContext) {
  const { business } = c.var
  const { business_id, archived_at } = business.business
  if (archived_at !== null && c.req.query('archived') !== 'known') {
    const login_href = business.urls.login(business_id, { archived: 'known' })
    return c.html(<ArchivedPage page={businessPage(c, business)} login_href={login_href} />)
  }
  return c.html(<LoginPage page={businessPage(c, c.var.business)} action={loginAction(c)} />)
}

function loginAction(c: AppContext): string {
  const { business } = c.var
  return business.urls.login(business.business.business_id, { to: c.req.query('to') })
}

async function askForLink(c: AppContext) {
  const { business } = c.var
  const page = businessPage(c, business)
  const form = parseForm(loginForm, await c.req.parseBody({ all: true }))
  if (!form.ok)
    return c.html(<LoginPage page={page} action={loginAction(c)} errors={form.errors} typed={form.typed} />, 422)
  const { email } = form.values
  const flow = await requestSignIn(business, {
    email,
    locale: page.i18n.locale,
    return_path: c.req.query('to') ?? null,
    flow: readFlow(c),
  })
  writeFlow(c, flow)
  return c.html(
    <CheckInboxPage page={page} email={email} resend_in_seconds={RESEND_SECONDS} mailbox_href={mailboxHref(c)} />,
  )
}

/** In test mode on this machine the mail can be read at once. */
function mailboxHref(c: Context<AppEnv>): string | null {
  const { mode, urls } = c.var.ctx
  return mode === 'test' && isLoopback(new URL(urls.base).hostname) ? urls.mailbox() : null
}

async function enterCode(c: AppContext) {
  const { business } = c.var
  const page = businessPage(c, business)
  const form = parseForm(codeForm, await c.req.parseBody({ all: true }))
  const flow = readFlow(c)
  const email = (form.ok ? form.values.email : form.typed.email) ?? ''
  const again = (code: MessageKey) => {
    const inbox = { page, email, resend_in_seconds: 0, mailbox_href: mailboxHref(c) }
    return c.html(<CheckInboxPage {...inbox} errors={{ code }} />, 422)
  }
  if (!form.ok) return again('error.form.code')
  if (flow === undefined) return again('error.form.code_exhausted')
  const { code } = form.values
  const result = await consumeCode(business, { code, flow, cookie: readSession(c), user_agent: userAgent(c) })
  if (result.type !== 'opened') return again(codeProblems[result.type])
  writeSession(c, result.session.token)
  return c.redirect(placeIn(business.urls.base, result.return_path) ?? overviewOf(c), 303)
}

const codeProblems = { wrong: 'error.form.code_wrong', exhausted: 'error.form.code_exhausted' } as const

function overviewOf({ var: { business } }: AppContext): string {
  return business.urls.portal.overview(business.business.business_id)
}

function placeIn(base: string, path: string | null): string | null {
  return path === null ? null : `${base}${path}`
}

function userAgent(c: AppContext): string | null {
  return c.req.header('user-agent') ?? null
}

/** Looking at a link changes nothing, however often and by whomever. Back in the browser it signed in, its button still leads on. */
async function showLink(c: AppContext, openedByPerson = false) {
  const token = c.req.param('token') ?? ''
  const view = await viewLink(c.var.ctx, token, readSession(c))
  if (view?.state !== 'usable' && view?.state !== 'open_here') return showUnusable(c, view)
  const page = businessPage(c, view.ctx)
  const by_person = openedByPerson || c.req.header('sec-fetch-user') === '?1'
  return c.html(<SessionPage page={page} action={c.var.ctx.urls.session(token)} by_person={by_person} />)
}

/**
 * A person's press: the button's own name and value, which `form.submit()` leaves out, and the browser's word that somebody pressed it
 * where it gave that word for the page.
 */
async function pressLink(c: AppContext) {
  const token = c.req.param('token') ?? ''
  const form = await c.req.parseBody()
  if (form.resend === 'yes') return resend(c, token)
  const pressed = form.continue === 'yes' && (form.by_person !== 'yes' || c.req.header('sec-fetch-user') === '?1')
  if (!pressed) return showLink(c, form.by_person === 'yes')
  const consumed = await consumeLink(c.var.ctx, token, { cookie: readSession(c), user_agent: userAgent(c) })
  if (consumed.type === 'unusable') return showUnusable(c, consumed.view)
  const { portal, base } = c.var.ctx.urls
  if (consumed.type === 'already_open') return c.redirect(portal.overview(consumed.business_id), 303)
  writeSession(c, consumed.session.token)
  return c.redirect(placeIn(base, consumed.return_path) ?? portal.overview(consumed.business_id), 303)
}

async function resend(c: AppContext, token: string) {
  const view = await viewLink(c.var.ctx, token)
  if (view === undefined) return showUnusable(c, view)
  const page = businessPage(c, view.ctx)
  writeFlow(c, await renewLink(view, { locale: page.i18n.locale, flow: readFlow(c) }))
  return c.html(<LinkSentPage page={page} business={page.business} />)
}
