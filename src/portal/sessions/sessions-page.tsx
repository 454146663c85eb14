// Where the account is signed in, and the way to end it there.

import type { Translator } from '#i18n/translator.ts'
import { type Notice, NoticeBanner } from '#portal/notice.tsx'
import { describeUserAgent } from '#portal/sessions/user-agent.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Button } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { Tag } from '#ui/components/tag.tsx'

export interface SignedInBrowser {
  session_id: string
  user_agent: string | null
  since: Temporal.Instant
  last_seen_at: Temporal.Instant
  /** The one that looks at the page. */
  here: boolean
}

export interface SessionsPageProps {
  page: PortalPage
  notice: Notice | null
  sessions: readonly SignedInBrowser[]
}

export function SessionsPage({ page, notice, sessions }: SessionsPageProps) {
  const { i18n, business, urls } = page
  const title = i18n.t('portal.sessions.title')
  const back = { href: urls.portal.profile(business.business_id), label: i18n.t('portal.nav.profile') }
  return (
    <Shell page={page} section="profile" title={title} back={back}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.sessions.intro', { business: business.name })}</p>
      </div>
      {notice === null ? null : <NoticeBanner i18n={i18n} notice={notice} />}
      <ul class="list">
        {sessions.map((session) => (
          <li class="item wraps">
            <div class="grow">
              <p class="cluster">
                <b>
                  <bdi>{nameOf(i18n, session)}</bdi>
                </b>
                {session.here ? <Tag tone="ok">{i18n.t('portal.sessions.this_one')}</Tag> : null}
              </p>
              <p class="small soft">{i18n.t('portal.sessions.since', { when: i18n.dateTime(session.since) })}</p>
              <p class="small soft">
                {i18n.t('portal.sessions.last_seen', { when: i18n.dateTime(session.last_seen_at) })}
              </p>
            </div>
            <PostForm page={page} action={urls.portal.session(business.business_id, session.session_id)}>
              <Button>
                {i18n.t('portal.sessions.end')}
                <span class="sr">: {nameOf(i18n, session)}</span>
              </Button>
            </PostForm>
          </li>
        ))}
      </ul>
      <PostForm page={page} action={urls.portal.sessionsEverywhere(business.business_id)} class="stack">
        <p class="small soft">{i18n.t('portal.sessions.everywhere_text')}</p>
        <Button look="danger">{i18n.t('portal.sessions.everywhere')}</Button>
      </PostForm>
    </Shell>
  )
}

function nameOf(i18n: Translator, { user_agent }: SignedInBrowser): string {
  const described = describeUserAgent(user_agent)
  return described === null
    ? i18n.t('portal.sessions.unknown')
    : i18n.t('portal.sessions.browser_on', { browser: described.browser, system: described.system })
}
