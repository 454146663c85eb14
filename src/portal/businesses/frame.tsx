// The frame of the pages about everything an address has: Portico's own look, no business's.

import type { Child } from 'hono/jsx'
import { Icon } from '#ui/components/icon.tsx'
import { type Back, Main } from '#ui/components/main.tsx'
import { PorticoMark } from '#ui/components/portico-mark.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { LanguageSelector, ModeSwitch } from '#ui/components/selectors.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { Document } from '#ui/document.tsx'
import type { Page } from '#ui/page.ts'

export interface ReaderPage extends Page {
  /** The address that was proven. */
  email: string
}

interface FrameProps {
  page: ReaderPage
  title: string
  back?: Back
  children: Child
}

export function Frame({ page, title, back, children }: FrameProps) {
  const { i18n, urls } = page
  return (
    <Document page={page} title={`${title} · ${i18n.t('unified.name')}`}>
      <a class="skip" href="#main">
        {i18n.t('portal.skip')}
      </a>
      <div class="plain everywhere">
        <header class="top">
          <a class="brand" href={urls.businesses.overview()}>
            <PorticoMark />
            <span>{i18n.t('unified.name')}</span>
          </a>
          {page.mode === 'test' ? <Tag tone="wait">{i18n.t('portal.test_mode')}</Tag> : null}
          <span class="spring" />
          <LanguageSelector page={page} />
          <ModeSwitch page={page} look="bar" />
          <Account page={page} />
        </header>
        <Main back={back}>{children}</Main>
      </div>
    </Document>
  )
}

function Account({ page }: { page: ReaderPage }) {
  const { i18n, urls } = page
  return (
    <>
      <button type="button" class="btn quiet" popovertarget="account">
        <Icon name="user" size={18} />
        <span class="sr">{i18n.t('portal.account.label')}</span>
        <bdi class="account-name desk-only">{page.email}</bdi>
      </button>
      <div class="menu" id="account" popover="auto">
        <PostForm page={page} action={urls.businesses.signOut()} class="choices">
          <p class="caption small soft">
            {i18n.t('portal.account.signed_in_as')} <bdi>{page.email}</bdi>
          </p>
          <button type="submit" class="nav-item">
            <Icon name="log-out" size={18} flips />
            {i18n.t('portal.sign_out')}
          </button>
        </PostForm>
      </div>
    </>
  )
}
