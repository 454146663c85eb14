// Pages outside the portal's shell: one narrow column under the merchant's mark.
import type { Child } from 'hono/jsx'
import { Document } from '#ui/document.tsx'
import type { Page, PageBusiness } from '#ui/page.ts'
import { BusinessMark } from './business-mark.tsx'
import { LanguageSelector, ModeSwitch } from './selectors.tsx'
import { Tag } from './tag.tsx'

interface PlainPageProps {
  page: Page
  /** Null where nobody knows which business this is about. */
  business: PageBusiness | null
  title: string
  /** Class of `main`; one narrow column unless told. */
  layout?: string
  self_contained?: boolean
  children: Child
}

export function PlainPage({ page, business, title, layout = 'narrow', self_contained, children }: PlainPageProps) {
  const { i18n } = page
  return (
    <Document page={page} title={business ? `${title} · ${business.name}` : title} self_contained={self_contained}>
      <div class="plain">
        <header class="top">
          {page.mode === 'test' ? <Tag tone="wait">{i18n.t('portal.test_mode')}</Tag> : null}
          <span class="spring" />
          <LanguageSelector page={page} />
          {self_contained ? null : <ModeSwitch page={page} look="bar" />}
        </header>
        <main class={layout} id="main">
          {business && layout === 'narrow' ? <BusinessMark business={business} alone /> : null}
          {children}
        </main>
        {business?.support_email || business?.return_url ? (
          <footer class="colophon">
            {business.return_url ? (
              <a href={business.return_url} rel="noreferrer">
                {i18n.t('portal.return', { business: business.name })}
              </a>
            ) : null}
            {business.support_email ? (
              <span>
                {i18n.t('portal.support.question')}{' '}
                <a href={`mailto:${business.support_email}`}>{business.support_email}</a>
              </span>
            ) : null}
          </footer>
        ) : (
          <span />
        )}
      </div>
    </Document>
  )
}
