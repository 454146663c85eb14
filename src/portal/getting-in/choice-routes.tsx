import { Hono } from 'hono'
import { z } from 'zod'
import { chooseCustomer, listChoices } from '#core/sessions/choose-customer.ts'
import { portalPath } from '#core/sessions/tokens.ts'
import { ChoicePage } from '#portal/getting-in/choice-page.tsx'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'
import { parseForm, textField } from '#ui/parse-form.ts'

const MOST = 50
const choiceForm = z.object({ customer_id: textField({ max: 60, required: true }) })

export function choiceRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/choice', showChoice)
  door.post('/choice', choose)
  return door
}

async function showChoice(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const choices = await listChoices(c.var.visitor, MOST)
  const action = ctx.urls.portal.choice(ctx.business.business_id, { to: wayBack(c) })
  const { email, customer_id } = customer
  return c.html(
    <ChoicePage page={portalPage(c)} email={email} action={action} current={customer_id} choices={choices} />,
  )
}

async function choose(c: AppContext) {
  const form = parseForm(choiceForm, await c.req.parseBody({ all: true }))
  if (!form.ok) throw new AppError('INVALID_REQUEST_BODY')
  await chooseCustomer(c.var.visitor, form.values.customer_id)
  return c.redirect(onward(c), 303)
}

function wayBack(c: AppContext): string | undefined {
  return portalPath(c.var.visitor.ctx.business.business_id, c.req.query('to')) ?? undefined
}

function onward(c: AppContext): string {
  const { urls, business } = c.var.visitor.ctx
  const to = wayBack(c)
  return to === undefined ? urls.portal.overview(business.business_id) : `${urls.base}${to}`
}
