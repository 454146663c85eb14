// The developer's inbox of test mode, on loopback only: the mails every business would have sent.

import { Hono } from 'hono'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { getEmail } from '#core/emails/queries.ts'
import { findEmailBusiness, listInbox } from '#core/unscoped/across-businesses.ts'
import { answerFailure } from '#door/error-boundary.tsx'
import { pageOf } from '#door/request.ts'
import { pageSecurity } from '#door/security-headers.ts'
import { renderEmail } from '#email/render-email.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { DateText } from '#ui/components/text.tsx'

const SHOWN = 50

export function createMailbox(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.onError((error, c) => {
    c.set('nonce', '')
    return answerFailure(c, error)
  })
  door.get('/', pageSecurity({ formsStayHere: true }), showInbox)
  door.get('/:email_id', showMail)
  return door
}

async function showInbox(c: AppContext) {
  const page = pageOf(c)
  const { i18n, urls } = page
  const drawn = await Promise.all((await listInbox(c.var.ctx, SHOWN)).map((email) => subjectOf(c, email)))
  const title = i18n.t('dev.mail.title')
  return c.html(
    <PlainPage page={page} business={null} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('dev.mail.intro')}</p>
      </div>
      {drawn.length === 0 ? (
        <EmptyState icon="inbox" title={i18n.t('dev.mail.empty')} />
      ) : (
        <ul class="list">
          {drawn.map(({ email, subject }) => (
            <li class="item">
              <div class="grow">
                <a href={urls.mail(email.email_id)}>
                  <b>
                    <bdi>{subject}</bdi>
                  </b>
                </a>
                <p class="small soft">
                  <bdi>{email.recipient}</bdi> · <DateText i18n={i18n} when={email.created_at} />
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </PlainPage>,
  )
}

async function subjectOf(c: AppContext, email: Awaited<ReturnType<typeof listInbox>>[number]) {
  const ctx = await getBusinessCtx(c.var.ctx, email.business_id)
  return { email, subject: (await renderEmail(ctx, email)).subject }
}

/** The mail as its reader sees it; its styles are inline, as mails' are, and nothing in it may run or be fetched. */
async function showMail(c: AppContext) {
  const email_id = c.req.param('email_id') ?? ''
  const business_id = await findEmailBusiness(c.var.ctx, email_id)
  if (business_id === undefined) throw notFound('e-mail')
  const ctx = await getBusinessCtx(c.var.ctx, business_id)
  const { html } = await renderEmail(ctx, await getEmail(ctx, email_id))
  return c.html(html, 200, {
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
}
