// What a newcomer finds at /dev of test mode on their own machine.
import { listBusinesses } from '#core/unscoped/across-businesses.ts'
import { pageOf } from '#door/request.ts'
import type { AppContext } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'
import { isLoopback } from '#src/hosts.ts'
import { PlainPage } from '#ui/components/plain-page.tsx'

export async function startPage(c: AppContext) {
  const { ctx } = c.var
  if (ctx.mode !== 'test' || !isLoopback(new URL(ctx.urls.base).hostname)) throw notFound('page')
  const businesses = await listBusinesses(ctx)
  const page = pageOf(c)
  const { i18n, urls } = page
  const title = i18n.t('dev.start.title')
  return c.html(
    <PlainPage page={page} business={null} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t('dev.start.intro')}</p>
      </div>
      <section>
        <h2>{i18n.t('dev.start.businesses')}</h2>
        {businesses.length === 0 ? <p>{i18n.t('dev.start.no_business')}</p> : null}
        <ul class="list">
          <li class="item">
            <a href={urls.home()}>{i18n.t('dev.start.everywhere')}</a>
          </li>
          {businesses.map(({ business_id, name }) => (
            <li class="item">
              <a href={urls.login(business_id)}>
                <bdi>{name}</bdi>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{i18n.t('dev.start.tools')}</h2>
        <ul class="list">
          <li class="item">
            <a href={urls.mailbox()}>{i18n.t('dev.start.mailbox')}</a>
          </li>
          <li class="item">
            <a href={urls.apiDocs()}>{i18n.t('dev.start.docs')}</a>
          </li>
        </ul>
      </section>
    </PlainPage>,
  )
}
