// A business that sells no more: what runs is kept, paid, paused, cancelled as before; nothing new begins.

import { businessPage } from '#portal/business-page.ts'
import type { AppContext } from '#src/app-env.ts'
import { ButtonLink } from '#ui/components/button.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'

/** Another plan, buying again, going on after all. Below `/{business_id}`. */
const beginnings = [
  /^\/subscriptions\/[^/]+\/plan$/,
  /^\/subscriptions\/[^/]+\/plan\/[^/]+$/,
  /^\/subscriptions\/[^/]+\/resubscription$/,
  /^\/subscriptions\/[^/]+\/cancellation\/undo$/,
]

/** Whether a form sent to this path, below `/{business_id}`, would begin something. */
export function beginsSomething(path: string): boolean {
  return beginnings.some((pattern) => pattern.test(path))
}

/** Said in plain words on a page of its own, instead of done. */
export async function refuseBeginnings(c: AppContext, next: () => Promise<void>) {
  const { ctx, return_url } = c.var.visitor
  const { business_id, archived_at } = ctx.business
  const path = c.req.path.slice(business_id.length + 1)
  if (archived_at === null || c.req.method !== 'POST' || !beginsSomething(path)) return next()
  const page = businessPage(c, ctx, { return_url, language: null })
  const { i18n, business } = page
  const [, , subscription_id = ''] = path.split('/')
  return c.html(
    <PlainPage page={page} business={business} title={i18n.t('login.archived.title')}>
      <div class="head">
        <h1>{i18n.t('login.archived.heading', { business: business.name })}</h1>
        <p>{i18n.t('portal.archived.refused')}</p>
      </div>
      <ButtonLink href={ctx.urls.portal.subscription(business_id, subscription_id)} look="primary" wide>
        {i18n.t('portal.archived.back')}
      </ButtonLink>
    </PlainPage>,
    409,
  )
}
