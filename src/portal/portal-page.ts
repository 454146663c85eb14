import type { Visitor } from '#core/sessions/find-visitor.ts'
import { businessPage } from '#portal/business-page.ts'
import type { PortalPage } from '#portal/shell.tsx'
import type { AppContext } from '#src/app-env.ts'

/** Belongs to the session: another site cannot know it. */
export function csrfToken({ ctx, session_id }: Visitor): string {
  return ctx.secrets.derive('csrf', session_id).toString('base64url')
}

export function portalPage(c: AppContext): PortalPage {
  const { visitor } = c.var
  const { business } = visitor.ctx
  const { pathname, search } = new URL(c.req.url)
  const page = businessPage(c, visitor.ctx, {
    storedLocale: visitor.customer.locale,
    csrf_token: csrfToken(visitor),
    language: {
      method: 'post',
      action: visitor.ctx.urls.portal.language(business.business_id),
      to: withoutLocale(pathname, search),
    },
  })
  return {
    ...page,
    customer: { email: visitor.customer.email },
    return_url: visitor.return_url,
  }
}

function withoutLocale(pathname: string, search: string): string {
  const query = new URLSearchParams(search)
  query.delete('locale')
  return query.size === 0 ? pathname : `${pathname}?${query}`
}
