// The ways to everything an address has: an e-mail address, then the link or the code of the mail sent to it. Nothing else opens it.

import { Hono, type MiddlewareHandler } from 'hono'
import { consumeAddressCode, consumeAddressLink, viewAddressLink } from '#core/addresses/consume-address-link.ts'
import { findReader } from '#core/addresses/find-reader.ts'
import { requestAddressSignIn } from '#core/addresses/request-address-sign-in.ts'
import { pageOf } from '#door/request.ts'
import type { MessageKey } from '#i18n/translator.ts'
import { readFlow, readSession, writeFlow, writeSession } from '#portal/cookies.ts'
import { browserOf, byPerson, isPressed, isWorkbench, mailboxHref } from '#portal/getting-in/browser.ts'
import { CheckInboxPage, codeForm } from '#portal/getting-in/check-inbox-page.tsx'
import { LinkSentPage, LinkUnusablePage } from '#portal/getting-in/link-unusable-page.tsx'
import { LoginPage, loginForm } from '#portal/getting-in/login-page.tsx'
import { codeProblems } from '#portal/getting-in/routes.tsx'
import { SessionPage } from '#portal/getting-in/session-page.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import type { EntryPage, LanguageForm } from '#ui/page.ts'
import { parseForm } from '#ui/parse-form.ts'

const RESEND_SECONDS = 60

export function gettingInEverywhere(limited: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showLogin)
  door.post('/', limited, askForLink)
  door.get('/code', (c) => c.redirect(c.var.ctx.urls.home(), 302))
  door.post('/code', limited, enterCode)
  door.get('/businesses/session/:token', (c) => showLink(c))
  door.post('/businesses/session/:token', limited, pressLink)
  return door
}

function entryPage(c: AppContext, language?: LanguageForm): EntryPage {
  return { ...pageOf(c, language === undefined ? {} : { language }), business: null }
}

/** Whoever is signed in already goes on. */
async function showLogin(c: AppContext) {
  const { urls } = c.var.ctx
  if ((await findReader(c.var.ctx, readSession(c))) !== undefined) return c.redirect(urls.businesses.overview(), 302)
  const page = entryPage(c)
  return c.html(
    <LoginPage page={page} action={urls.home()}>
      {isWorkbench(c) ? (
        <p class="small soft rule">
          <a href={urls.dev()}>{page.i18n.t('dev.start.link')}</a>
        </p>
      ) : null}
    </LoginPage>,
  )
}

async function askForLink(c: AppContext) {
  const form = parseForm(loginForm, await c.req.parseBody({ all: true }))
  if (!form.ok) {
    const { errors, typed } = form
    return c.html(<LoginPage page={entryPage(c)} action={c.var.ctx.urls.home()} errors={errors} typed={typed} />, 422)
  }
  const { email } = form.values
  const inbox = inboxProps(c, email)
  writeFlow(c, await requestAddressSignIn(c.var.ctx, { email, locale: inbox.page.i18n.locale, flow: readFlow(c) }))
  return c.html(<CheckInboxPage {...inbox} resend_in_seconds={RESEND_SECONDS} />)
}

function inboxProps(c: AppContext, email: string) {
  const { urls } = c.var.ctx
  const page = entryPage(c, { method: 'get', action: '/' })
  return { page, code_action: urls.homeCode(), login_href: urls.home(), email, mailbox_href: mailboxHref(c) }
}

async function enterCode(c: AppContext) {
  const form = parseForm(codeForm, await c.req.parseBody({ all: true }))
  const flow = readFlow(c)
  const email = (form.ok ? form.values.email : form.typed.email) ?? ''
  const again = (code: MessageKey) =>
    c.html(<CheckInboxPage {...inboxProps(c, email)} resend_in_seconds={0} errors={{ code }} />, 422)
  if (!form.ok) return again('error.form.code')
  if (flow === undefined) return again('error.form.code_exhausted')
  const result = await consumeAddressCode(c.var.ctx, { code: form.values.code, flow, ...browserOf(c) })
  if (result.type !== 'opened') return again(codeProblems[result.type])
  writeSession(c, result.session.token)
  return c.redirect(c.var.ctx.urls.businesses.overview(), 303)
}

/** Looking changes nothing, however often and by whomever. */
async function showLink(c: AppContext, openedByPerson = false) {
  const token = c.req.param('token') ?? ''
  const link = await viewAddressLink(c.var.ctx, token, readSession(c))
  if (link?.state !== 'usable' && link?.state !== 'open_here') return showUnusable(c, link)
  const action = c.var.ctx.urls.addressLink(token)
  return c.html(<SessionPage page={entryPage(c)} action={action} by_person={openedByPerson || byPerson(c)} />)
}

async function pressLink(c: AppContext) {
  const token = c.req.param('token') ?? ''
  const form = await c.req.parseBody()
  if (form.resend === 'yes') return resend(c, token)
  if (!isPressed(c, form)) return showLink(c, form.by_person === 'yes')
  const consumed = await consumeAddressLink(c.var.ctx, token, browserOf(c))
  if (consumed.type === 'unusable') return showUnusable(c, consumed.link)
  if (consumed.type === 'opened') writeSession(c, consumed.session.token)
  return c.redirect(c.var.ctx.urls.businesses.overview(), 303)
}

type Link = Awaited<ReturnType<typeof viewAddressLink>>

/** 410 where it once opened, 404 where nobody made it. */
function showUnusable(c: AppContext, link: Link) {
  const { urls } = c.var.ctx
  const reason = link === undefined ? 'unknown' : link.state === 'used' ? 'used' : 'expired'
  const page = (
    <LinkUnusablePage
      page={entryPage(c)}
      business={null}
      reason={reason}
      resend_action={link === undefined ? null : urls.addressLink(c.req.param('token') ?? '')}
      login_href={urls.home()}
    />
  )
  return c.html(page, link === undefined ? 404 : 410)
}

async function resend(c: AppContext, token: string) {
  const link = await viewAddressLink(c.var.ctx, token)
  if (link === undefined) return showUnusable(c, link)
  const page = entryPage(c)
  const { locale } = page.i18n
  writeFlow(c, await requestAddressSignIn(c.var.ctx, { email: link.email, locale, flow: readFlow(c) }))
  return c.html(<LinkSentPage page={page} business={null} />)
}
