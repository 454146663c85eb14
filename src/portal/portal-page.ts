import { businessPage } from '#portal/business-page.ts'
import type { PortalPage } from '#portal/shell.tsx'
import type { AppContext } from '#src/app-env.ts'
import type { Ctx } from '#src/context.ts'

/** Belongs to the session: another site cannot know it. */
export function csrfToken({ ctx, session_id }: { ctx: Ctx; session_id: string }): string {
  return ctx.secrets.derive('csrf', session_id).toString('base64url')
}

export function portalPage(c: AppContext): PortalPage {
  const { visitor } = c.var
  const { business } = visitor.ctx
  const { pathname, search } = new URL(c.req.url)
  const page = businessPage(c, visitor.ctx, {
    return_url: visitor.return_url,
    csrf_token: csrfToken(visitor),
    language: {
      method: 'post',
      action: visitor.ctx.urls.portal.language(business.business_id),
      to: withoutLocale(pathname, search),
    },
  })
  const { urls } = page
  return {
    ...page,
    customer: { email: visitor.customer.email },
    return_url: page.business.return_url ?? null,
    elsewhere: {
      choice_href: visitor.has_choice ? urls.portal.choice(business.business_id) : null,
      businesses_href: visitor.everywhere ? urls.businesses.overview() : null,
    },
  }
}

function withoutLocale(pathname: string, search: string): string {
  const query = new URLSearchParams(search)
  query.delete('locale')
  return query.size === 0 ? pathname : `${pathname}?${query}`
}
