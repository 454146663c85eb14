import { businessPage } from '#portal/business-page.ts'
import { clearSession } from '#portal/cookies.ts'
import { SignedOutPage } from '#portal/getting-in/signed-out-page.tsx'
import type { AppContext } from '#src/app-env.ts'

/** After the visitor's session has ended. */
export function showSignedOut(c: AppContext) {
  const { ctx, return_url } = c.var.visitor
  clearSession(c)
  const login_href = ctx.urls.login(ctx.business.business_id)
  const language = { method: 'get', action: new URL(login_href).pathname } as const
  return c.html(
    <SignedOutPage page={businessPage(c, ctx, { return_url, language })} reason="signed_out" login_href={login_href} />,
  )
}
