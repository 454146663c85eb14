import type { LinkView } from '#core/sessions/consume-link.ts'
import { pageOf } from '#door/request.ts'
import { businessPage } from '#portal/business-page.ts'
import { LinkUnusablePage } from '#portal/getting-in/link-unusable-page.tsx'
import type { AppContext } from '#src/app-env.ts'

/** A link that opens nothing: 410 where it once did, 404 where nobody made it. */
export function showUnusable(c: AppContext, view: LinkView | undefined) {
  if (view === undefined) {
    const unknown = (
      <LinkUnusablePage
        page={pageOf(c)}
        business={null}
        reason="unknown"
        resend_action={null}
        login_href={c.var.ctx.urls.home()}
      />
    )
    return c.html(unknown, 404)
  }
  const page = businessPage(c, view.ctx, { return_url: view.return_url })
  const { business_id } = page.business
  const gone = (
    <LinkUnusablePage
      page={page}
      business={page.business}
      reason={view.state === 'used' ? 'used' : 'expired'}
      resend_action={c.var.ctx.urls.session(c.req.param('token') ?? '')}
      login_href={c.var.ctx.urls.login(business_id)}
    />
  )
  return c.html(gone, 410)
}
