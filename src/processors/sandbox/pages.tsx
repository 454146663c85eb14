// The hosted pages' routes, mounted at /sandbox: GET draws, POST does one thing and answers 303, or the form again with 422.

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { Books } from './books.ts'
import { ChallengePage } from './challenge-page.tsx'
import { DisputePage } from './dispute-page.tsx'
import { disputePath, findDispute, moveDispute } from './disputes.ts'
import { findIntent } from './intents.ts'
import { ClosedPage, MissingPage, PaidPage, RefusedPage } from './notice-pages.tsx'
import { offerOf } from './offer.ts'
import { type FormErrors, parsePaymentForm, payWith, type TypedAgain } from './parse-payment-form.ts'
import { answerChallenge, findChallenge, type PageResult, payPage } from './pay-page.ts'
import { PaymentPage } from './payment-page.tsx'
import { stylesheet, stylesheetPath } from './stylesheet.ts'
import type { IntentRow, PageRow } from './tables.ts'

const MAX_FORM_BYTES = 16 * 1024

interface Opened {
  page: PageRow
  intent: IntentRow
}

export function createPages(books: Books): Hono {
  const app = new Hono()
  app.get(stylesheetPath, (c) =>
    c.body(stylesheet, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  )
  app.use('/pages/*', headers, bodyLimit({ maxSize: MAX_FORM_BYTES }), sameOrigin(books))

  app.use('/disputes/*', headers, bodyLimit({ maxSize: MAX_FORM_BYTES }), sameOrigin(books))
  serveDisputes(app, books)

  app.get('/pages/:page_id', async (c) => {
    const opened = await findPage(books, c.req.param('page_id'))
    if (opened === undefined) return missing(c)
    return asksHolder(opened) ? c.redirect(challengePath(opened.page), 303) : draw(c, opened)
  })

  app.post('/pages/:page_id', async (c) => {
    const opened = await findPage(books, c.req.param('page_id'))
    if (opened === undefined) return missing(c)
    const { page, intent } = opened
    if (intent.status !== 'open') return answer(c, opened, finishedResult(intent))
    if (asksHolder(opened)) return c.redirect(challengePath(page), 303)
    const parsed = parsePaymentForm(await readForm(c), offerOf({ ...page, ...intent }), books.now())
    if (!parsed.ok) return draw(c, opened, { status: 422, typed: parsed.typed, errors: parsed.errors })
    return answer(c, opened, await payPage(books, page, parsed.entered), parsed.typed)
  })

  app.get('/pages/:page_id/challenge', async (c) => {
    const opened = await findPage(books, c.req.param('page_id'))
    if (opened === undefined) return missing(c)
    const pending = await findChallenge(books, opened.page)
    if (pending === undefined || opened.intent.status !== 'open') return c.redirect(pathOf(opened.page), 303)
    return c.html(<ChallengePage {...opened} pending={pending} action={challengePath(opened.page)} />)
  })

  app.post('/pages/:page_id/challenge', async (c) => {
    const opened = await findPage(books, c.req.param('page_id'))
    if (opened === undefined) return missing(c)
    const { try_number, decision } = await readForm(c)
    const result = await answerChallenge(books, opened.page, Number(try_number), decision === 'approve')
    return result.status === 'declined' ? c.redirect(pathOf(opened.page), 303) : answer(c, opened, result)
  })
  return app
}

function serveDisputes(app: Hono, books: Books): void {
  app.get('/disputes/:dispute_id', async (c) => {
    const dispute = await findDispute(books, c.req.param('dispute_id'))
    return dispute === undefined ? missing(c) : c.html(<DisputePage dispute={dispute} />)
  })
  app.post('/disputes/:dispute_id', async (c) => {
    const { step } = await readForm(c)
    const dispute_id = c.req.param('dispute_id')
    if ((await findDispute(books, dispute_id)) === undefined) return missing(c)
    if (step === 'challenged' || step === 'won' || step === 'lost') await moveDispute(books, dispute_id, step)
    return c.redirect(disputePath(dispute_id), 303)
  })
}

function answer(c: Context, opened: Opened, result: PageResult, typed?: TypedAgain) {
  switch (result.status) {
    case 'paid':
    case 'refused':
      return c.redirect(opened.page.return_url, 303)
    case 'challenge':
      return c.redirect(challengePath(opened.page), 303)
    case 'closed':
      return draw(c, { ...opened, intent: { ...opened.intent, status: 'declined' } })
    case 'declined':
      return draw(c, { ...opened, intent: { ...opened.intent, decline_code: result.code } }, { status: 422, typed })
  }
}

interface Again {
  status: 422
  typed?: TypedAgain | undefined
  errors?: FormErrors
}

function draw(c: Context, { page, intent }: Opened, again?: Again) {
  if (intent.status === 'succeeded') return c.html(<PaidPage page={page} intent={intent} />)
  if (intent.status !== 'open') return c.html(<ClosedPage page={page} />, 410)
  const offer = offerOf({ ...page, ...intent })
  const untouched = { pay_with: payWith(offer, 'card'), expiry: '', name: page.customer_name, upi_id: '' }
  const { typed = untouched, errors = {} } = again ?? {}
  return c.html(<PaymentPage {...{ page, intent, offer, typed, errors }} action={pathOf(page)} />, again?.status ?? 200)
}

async function findPage(books: Books, page_id: string): Promise<Opened | undefined> {
  if (!/^[\w-]{1,100}$/.test(page_id)) return undefined
  const page = await books.db.selectFrom('pages').selectAll().where('page_id', '=', page_id).executeTakeFirst()
  const intent = page && (await findIntent(books, page.business_id, page.key))
  return page && intent && { page, intent }
}

/** A body that is no form is an empty one: the page says what is missing. */
async function readForm(c: Context): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody()
  } catch {
    return {}
  }
}

/** The page of a saved card that is charged: nothing is entered there. */
function asksHolder({ intent }: Opened): boolean {
  return intent.kind === 'charge' && intent.status === 'open'
}

function finishedResult(intent: IntentRow): PageResult {
  return { status: intent.status === 'succeeded' ? 'paid' : 'closed' }
}

function missing(c: Context) {
  return c.html(<MissingPage />, 404)
}

function pathOf({ page_id }: PageRow): string {
  return `/sandbox/pages/${page_id}`
}

function challengePath(page: PageRow): string {
  return `${pathOf(page)}/challenge`
}

/** No form-action: the answer to a payment redirects to another site. */
const secured = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ['data:'],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  strictTransportSecurity: false,
  crossOriginResourcePolicy: 'same-origin',
})

const headers: MiddlewareHandler = async (c, next) => {
  await secured(c, next)
  c.header('cache-control', 'no-store')
  c.header('x-robots-tag', 'noindex')
}

/** A browser says where a form came from; only this site's own forms count. */
function sameOrigin(books: Books): MiddlewareHandler {
  const origin = new URL(books.baseUrl).origin
  return async (c, next) => {
    if (c.req.method !== 'POST') return next()
    const site = c.req.header('sec-fetch-site')
    const allowed = site === undefined ? c.req.header('origin') === origin : site === 'same-origin'
    return allowed ? next() : c.html(<RefusedPage />, 403)
  }
}
