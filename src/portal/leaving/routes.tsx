// Small things one does on every page: choosing a language, signing out.

import { Hono } from 'hono'
import { updateCustomer } from '#core/customers/update-customer.ts'
import { signOut } from '#core/sessions/sign-out.ts'
import { portalPath } from '#core/sessions/tokens.ts'
import { rememberLocale } from '#door/request.ts'
import { completeLocales } from '#i18n/locales.ts'
import { showSignedOut } from '#portal/leaving/show-signed-out.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'

export function leaving(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.post('/language', chooseLanguage)
  door.post('/sign-out', leave)
  return door
}

async function chooseLanguage(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { business_id } = ctx.business
  const form = await c.req.parseBody()
  const chosen = completeLocales.find(({ code }) => code === form.locale)
  if (chosen === undefined) throw new AppError('INVALID_REQUEST_BODY')
  rememberLocale(c, chosen.code)
  if (customer.locale !== chosen.code) await updateCustomer(ctx, customer.customer_id, { locale: chosen.code })
  const to = typeof form.to === 'string' ? portalPath(business_id, form.to) : null
  return c.redirect(to ?? ctx.urls.portal.overview(business_id), 303)
}

async function leave(c: AppContext) {
  await signOut(c.var.visitor)
  return showSignedOut(c)
}
