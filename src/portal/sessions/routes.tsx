import { Hono } from 'hono'
import { listSignedIn } from '#core/sessions/list-signed-in.ts'
import { revokeSession, signOutEverywhere } from '#core/sessions/sign-out.ts'
import { showSignedOut } from '#portal/leaving/show-signed-out.tsx'
import { noticeOf } from '#portal/notice.tsx'
import { portalPage } from '#portal/portal-page.ts'
import { SessionsPage } from '#portal/sessions/sessions-page.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'

export function sessionRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showSessions)
  door.post('/everywhere', endAll)
  door.post('/:session_id', endOne)
  return door
}

async function showSessions(c: AppContext) {
  const { visitor } = c.var
  const sessions = (await listSignedIn(visitor)).map((session) => ({
    ...session,
    here: session.session_id === visitor.session_id,
  }))
  return c.html(<SessionsPage page={portalPage(c)} notice={noticeOf(c.req.query('done'))} sessions={sessions} />)
}

async function endOne(c: AppContext) {
  const { visitor } = c.var
  const session_id = c.req.param('session_id') ?? ''
  await revokeSession(visitor, session_id)
  if (session_id === visitor.session_id) return showSignedOut(c)
  const { urls, business } = visitor.ctx
  return c.redirect(urls.portal.sessions(business.business_id, { done: 'session_ended' }), 303)
}

async function endAll(c: AppContext) {
  await signOutEverywhere(c.var.visitor)
  return showSignedOut(c)
}
