import { z } from 'zod'
import { confirmEmailChange, requestEmailChange, viewEmailChange } from '#core/profile/change-email.ts'
import type { MessageKey } from '#i18n/translator.ts'
import { businessPage } from '#portal/business-page.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext } from '#src/app-env.ts'
import { AppError, type ErrorCode, notFound } from '#src/errors.ts'
import { emailField, parseForm } from '#ui/parse-form.ts'
import { EmailPage, EmailProofPage, EmailProofResultPage } from './email-pages.tsx'

const emailForm = z.object({ email: emailField() })

export function askForEmail(c: AppContext) {
  return c.html(<EmailPage page={portalPage(c)} />)
}

/** The answer does not depend on whether the address is somebody's already. */
export async function sendProof(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const form = parseForm(emailForm, await c.req.parseBody({ all: true }))
  if (!form.ok) {
    return c.html(<EmailPage page={portalPage(c)} typed={form.typed.email} errors={form.errors} />, 422)
  }
  const { email } = form.values
  try {
    await requestEmailChange(ctx, customer.customer_id, email)
  } catch (error) {
    const refusal = error instanceof AppError ? refusals[error.code] : undefined
    if (refusal === undefined) throw error
    return c.html(<EmailPage page={portalPage(c)} typed={email} errors={{ email: refusal.text }} />, refusal.status)
  }
  return c.redirect(ctx.urls.portal.profile(ctx.business.business_id, { done: 'email_change_sent' }), 303)
}

const refusals: Partial<Record<ErrorCode, { text: MessageKey; status: 422 | 429 }>> = {
  CONFLICT: { text: 'portal.email_change.same', status: 422 },
  TOO_MANY_REQUESTS: { text: 'portal.email_change.too_often', status: 429 },
}

/** Looking at a link never uses it up. */
export async function showProof(c: AppContext) {
  const { business: ctx } = c.var
  const token = c.req.param('token') ?? ''
  const state = await viewEmailChange(ctx, token)
  if (state === undefined) throw notFound('page')
  if (state !== 'usable') return drawResult(c, state, 410)
  const action = ctx.urls.emailChange(ctx.business.business_id, token)
  return c.html(<EmailProofPage page={businessPage(c, ctx)} action={action} />)
}

/** A press of the button itself: what a script sends lacks the button's name. */
export async function pressProof(c: AppContext) {
  const { business: ctx } = c.var
  const form = await c.req.parseBody()
  if (form.confirm !== 'yes') throw new AppError('FORBIDDEN')
  const state = await confirmEmailChange(ctx, c.req.param('token') ?? '')
  if (state === undefined) throw notFound('page')
  return state === 'usable' ? drawResult(c, 'done', 200) : drawResult(c, state, 410)
}

function drawResult(c: AppContext, result: 'done' | 'used' | 'expired', status: 200 | 410) {
  const { business: ctx } = c.var
  const login_href = ctx.urls.portal.overview(ctx.business.business_id)
  const page = <EmailProofResultPage page={businessPage(c, ctx)} result={result} login_href={login_href} />
  return c.html(page, status)
}
