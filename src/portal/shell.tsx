// The frame of every page behind the sign-in: sections, the way back to the business, language, light and dark, account.

import type { Child } from 'hono/jsx'
import type { MessageKey } from '#i18n/translator.ts'
import { BusinessName } from '#ui/components/business-mark.tsx'
import { Icon, type IconName } from '#ui/components/icon.tsx'
import { type Back, Main } from '#ui/components/main.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { LanguageSelector, ModeSwitch } from '#ui/components/selectors.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { Document } from '#ui/document.tsx'
import type { BusinessPage } from '#ui/page.ts'

export interface PortalPage extends BusinessPage {
  customer: { email: string }
  /** The business's own page to return to; drawn as a link, never followed by us. */
  return_url: string | null
  /** Where else this session may go; null where it may not. */
  elsewhere?: { choice_href: string | null; businesses_href: string | null }
}

export type Section =
  | 'overview'
  | 'subscriptions'
  | 'payment_methods'
  | 'billing_history'
  | 'license_keys'
  | 'usage'
  | 'profile'

interface ShellProps {
  page: PortalPage
  section: Section
  title: string
  back?: Back
  children: Child
}

const sections = [
  { section: 'overview', label: 'portal.nav.overview', icon: 'house', url: 'overview' },
  { section: 'subscriptions', label: 'portal.nav.subscriptions', icon: 'repeat', url: 'subscriptions' },
  { section: 'payment_methods', label: 'portal.nav.payment_methods', icon: 'credit-card', url: 'paymentMethods' },
  { section: 'billing_history', label: 'portal.nav.billing_history', icon: 'receipt-text', url: 'billingHistory' },
  { section: 'license_keys', label: 'portal.nav.license_keys', icon: 'key-round', url: 'licenseKeys' },
  { section: 'usage', label: 'portal.nav.usage', icon: 'chart-column', url: 'usage' },
  { section: 'profile', label: 'portal.nav.profile', icon: 'user', url: 'profile' },
] as const satisfies readonly { section: Section; label: MessageKey; icon: IconName; url: string }[]

export function Shell({ page, section, title, back, children }: ShellProps) {
  const { i18n, business } = page
  return (
    <Document page={page} title={`${title} · ${business.name}`}>
      <a class="skip" href="#main">
        {i18n.t('portal.skip')}
      </a>
      <div class="app">
        <Side page={page} section={section} />
        <div>
          <Bar page={page} />
          <Main back={back}>{children}</Main>
        </div>
      </div>
    </Document>
  )
}

function Side({ page, section }: { page: PortalPage; section: Section }) {
  const { i18n, business, urls } = page
  return (
    <nav class="side" id="sections" popover="auto" aria-label={i18n.t('portal.nav.label')}>
      <a class="brand" href={urls.portal.overview(business.business_id)}>
        <BusinessName business={business} />
      </a>
      <div class="nav">
        {sections.map((item) => (
          <a
            class="nav-item"
            href={urls.portal[item.url](business.business_id)}
            aria-current={item.section === section ? 'page' : undefined}
            data-prefetch
          >
            <Icon name={item.icon} size={18} />
            {i18n.t(item.label)}
          </a>
        ))}
      </div>
      <div class="foot">
        <div class="phone-only">
          <ModeSwitch page={page} look="row" />
        </div>
        {business.support_email ? (
          <a class="nav-item" href={`mailto:${business.support_email}`}>
            <Icon name="life-buoy" size={18} />
            {i18n.t('portal.support.contact')}
          </a>
        ) : null}
        {page.return_url ? (
          <a class="nav-item" href={page.return_url} rel="noreferrer">
            <Icon name="undo-2" size={18} flips />
            {i18n.t('portal.return', { business: business.name })}
          </a>
        ) : null}
        <div class="phone-only">
          <SignOut page={page} />
        </div>
      </div>
    </nav>
  )
}

function Bar({ page }: { page: PortalPage }) {
  const { i18n, business, urls } = page
  return (
    <header class="top">
      <a class="brand" href={urls.portal.overview(business.business_id)}>
        <BusinessName business={business} />
      </a>
      {page.mode === 'test' ? <Tag tone="wait">{i18n.t('portal.test_mode')}</Tag> : null}
      <span class="spring" />
      <LanguageSelector page={page} />
      <span class="desk-only">
        <ModeSwitch page={page} look="bar" />
      </span>
      <button type="button" class="btn quiet desk-only" popovertarget="account">
        <Icon name="user" size={18} />
        <span class="sr">{i18n.t('portal.account.label')}</span>
        <bdi class="account-name">{page.customer.email}</bdi>
      </button>
      <div class="menu" id="account" popover="auto">
        <SignOut page={page} />
      </div>
      <span class="phone-only">
        <button type="button" class="btn quiet icon-only" popovertarget="sections" aria-label={i18n.t('portal.menu')}>
          <Icon name="menu" size={20} />
        </button>
      </span>
    </header>
  )
}

function SignOut({ page }: { page: PortalPage }) {
  const { i18n, business, urls } = page
  return (
    <PostForm page={page} action={urls.portal.signOut(business.business_id)} class="choices">
      <p class="caption small soft">
        {i18n.t('portal.account.signed_in_as')} <bdi>{page.customer.email}</bdi>
      </p>
      {page.elsewhere?.businesses_href ? (
        <a class="nav-item" href={page.elsewhere.businesses_href}>
          <Icon name="layers" size={18} />
          {i18n.t('portal.account.all_businesses')}
        </a>
      ) : null}
      {page.elsewhere?.choice_href ? (
        <a class="nav-item" href={page.elsewhere.choice_href}>
          <Icon name="users" size={18} />
          {i18n.t('portal.account.choose')}
        </a>
      ) : null}
      <a class="nav-item" href={urls.portal.sessions(business.business_id)}>
        <Icon name="monitor" size={18} />
        {i18n.t('portal.account.sessions')}
      </a>
      <button type="submit" class="nav-item">
        <Icon name="log-out" size={18} flips />
        {i18n.t('portal.sign_out')}
      </button>
    </PostForm>
  )
}
