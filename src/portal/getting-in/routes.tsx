// The ways into one business's portal: the static link with its mail, the code of that mail, and the personal link.

import { Hono, type MiddlewareHandler } from 'hono'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { consumeCode } from '#core/sessions/consume-code.ts'
import { consumeLink, viewLink } from '#core/sessions/consume-link.ts'
import { renewLink } from '#core/sessions/renew-link.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'
import { portalPath } from '#core/sessions/tokens.ts'
import type { MessageKey } from '#i18n/translator.ts'
import { businessPage } from '#portal/business-page.ts'
import { readFlow, readSession, writeFlow, writeSession } from '#portal/cookies.ts'
import { ArchivedPage } from '#portal/getting-in/archived-page.tsx'
import { browserOf, byPerson, isPressed, mailboxHref } from '#portal/getting-in/browser.ts'
import { CheckInboxPage, codeForm } from '#portal/getting-in/check-inbox-page.tsx'
import { LinkSentPage } from '#portal/getting-in/link-unusable-page.tsx'
import { LoginPage, loginForm } from '#portal/getting-in/login-page.tsx'
import { SessionPage } from '#portal/getting-in/session-page.tsx'
import { showUnusable } from '#portal/getting-in/show-unusable.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { parseForm } from '#ui/parse-form.ts'

const RESEND_SECONDS = 60

export function gettingIn(limited: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.use('/login/:business_id/*', async (c, next) => {
    c.set('business', await getBusinessCtx(c.var.ctx, c.req.param('business_id') ?? ''))
    await next()
  })
  door.get('/login/:business_id', showLogin)
  door.post('/login/:business_id', limited, askForLink)
  // Where the page with the code is asked for again, in another language or after a reload.
  door.get('/login/:business_id/code', (c) => c.redirect(loginHref(c), 302))
  door.post('/login/:business_id/code', limited, enterCode)
  door.get('/session/:token', (c) => showLink(c))
  door.post('/session/:token', limited, pressLink)
  return door
}

function showLogin(c: AppContext) {
  const { business } = c.var
  const { business_id, archived_at } = business.business
  if (archived_at !== null && c.req.query('archived') !== 'known') {
    const login_href = business.urls.login(business_id, { archived: 'known', to: wayBack(c) })
    return c.html(<ArchivedPage page={businessPage(c, business)} login_href={login_href} />)
  }
  return c.html(<LoginPage page={businessPage(c, c.var.business)} action={loginHref(c)} />)
}

/** Where one wanted to go, inside this business's portal. */
function wayBack(c: AppContext): string | undefined {
  return portalPath(c.var.business.business.business_id, c.req.query('to')) ?? undefined
}

/** The sign-in, which remembers where one wanted to go. */
function loginHref(c: AppContext): string {
  const { business_id, archived_at } = c.var.business.business
  const archived = archived_at === null ? undefined : 'known'
  return c.var.business.urls.login(business_id, { archived, to: wayBack(c) })
}

async function askForLink(c: AppContext) {
  const { business } = c.var
  const form = parseForm(loginForm, await c.req.parseBody({ all: true }))
  if (!form.ok) {
    const page = businessPage(c, business)
    return c.html(<LoginPage page={page} action={loginHref(c)} errors={form.errors} typed={form.typed} />, 422)
  }
  const { email } = form.values
  const inbox = inboxProps(c, email)
  const flow = await requestSignIn(business, {
    email,
    locale: inbox.page.i18n.locale,
    return_path: wayBack(c) ?? null,
    flow: readFlow(c),
  })
  writeFlow(c, flow)
  return c.html(<CheckInboxPage {...inbox} resend_in_seconds={RESEND_SECONDS} />)
}

function inboxProps(c: AppContext, email: string) {
  const { business } = c.var
  const to = wayBack(c)
  const keep: Record<string, string> = to === undefined ? {} : { to }
  const again = { method: 'get', action: c.req.path.replace(/\/code$/, ''), keep } as const
  return {
    page: businessPage(c, business, { language: again }),
    code_action: business.urls.loginCode(business.business.business_id, { to }),
    login_href: loginHref(c),
    email,
    mailbox_href: mailboxHref(c),
  }
}

async function enterCode(c: AppContext) {
  const { business } = c.var
  const form = parseForm(codeForm, await c.req.parseBody({ all: true }))
  const flow = readFlow(c)
  const email = (form.ok ? form.values.email : form.typed.email) ?? ''
  const again = (code: MessageKey) =>
    c.html(<CheckInboxPage {...inboxProps(c, email)} resend_in_seconds={0} errors={{ code }} />, 422)
  if (!form.ok) return again('error.form.code')
  if (flow === undefined) return again('error.form.code_exhausted')
  const result = await consumeCode(business, { code: form.values.code, flow, ...browserOf(c) })
  if (result.type !== 'opened') return again(codeProblems[result.type])
  writeSession(c, result.session.token)
  return c.redirect(arrival(c, { business_id: business.business.business_id, ...result }), 303)
}

export const codeProblems = { wrong: 'error.form.code_wrong', exhausted: 'error.form.code_exhausted' } as const

interface Arrived {
  business_id: string
  return_path: string | null
  has_choice: boolean
}

/** Where one wanted to go, after choosing whom to be where there is a choice. */
function arrival(c: AppContext, { business_id, return_path, has_choice }: Arrived): string {
  const { base, portal } = c.var.ctx.urls
  if (has_choice) return portal.choice(business_id, { to: return_path ?? undefined })
  return return_path === null ? portal.overview(business_id) : `${base}${return_path}`
}

/** Looking at a link changes nothing, however often and by whomever. Back in the browser it signed in, its button still leads on. */
async function showLink(c: AppContext, openedByPerson = false) {
  const token = c.req.param('token') ?? ''
  const view = await viewLink(c.var.ctx, token, readSession(c))
  if (view?.state !== 'usable' && view?.state !== 'open_here') return showUnusable(c, view)
  const page = businessPage(c, view.ctx, { return_url: view.return_url })
  return c.html(
    <SessionPage page={page} action={c.var.ctx.urls.session(token)} by_person={openedByPerson || byPerson(c)} />,
  )
}

async function pressLink(c: AppContext) {
  const token = c.req.param('token') ?? ''
  const form = await c.req.parseBody()
  if (form.resend === 'yes') return resend(c, token)
  if (!isPressed(c, form)) return showLink(c, form.by_person === 'yes')
  const consumed = await consumeLink(c.var.ctx, token, browserOf(c))
  if (consumed.type === 'unusable') return showUnusable(c, consumed.view)
  if (consumed.type === 'already_open') return c.redirect(c.var.ctx.urls.portal.overview(consumed.business_id), 303)
  writeSession(c, consumed.session.token)
  return c.redirect(arrival(c, consumed), 303)
}

async function resend(c: AppContext, token: string) {
  const view = await viewLink(c.var.ctx, token)
  if (view === undefined) return showUnusable(c, view)
  const page = businessPage(c, view.ctx, { return_url: view.return_url })
  writeFlow(c, await renewLink(view, { locale: page.i18n.locale, flow: readFlow(c) }))
  return c.html(<LinkSentPage page={page} business={page.business} />)
}
