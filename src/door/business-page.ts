// The pages of one business: its name, its look, its logo.
import { logoOf, themeOf } from '#core/themes/read-theme.ts'
import { type PageNeeds, pageOf } from '#door/request.ts'
import type { AppContext } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'
import type { BusinessPage, PageBusiness } from '#ui/page.ts'

/** `return_url` of a link or a session outweighs the business's own. */
export function pageBusiness(ctx: BusinessCtx, return_url?: string | null): PageBusiness {
  const { business_id, name, support_email } = ctx.business
  return { business_id, name, logo: logoOf(ctx), support_email, return_url: return_url ?? ctx.business.return_url }
}

interface BusinessPageNeeds extends PageNeeds {
  /** Given with the API key for whoever looks. */
  return_url?: string | null | undefined
}

/** In its own time zone, and in the language of whoever is signed in, unless `needs` says otherwise. */
export function businessPage(c: AppContext, ctx: BusinessCtx, needs: BusinessPageNeeds = {}): BusinessPage {
  const { business } = ctx
  const { return_url, ...rest } = needs
  const storedLocale = c.var.visitor?.customer.locale
  const page = pageOf(c, { timeZone: business.timezone, theme: themeOf(business), storedLocale, ...rest })
  return { ...page, business: pageBusiness(ctx, return_url) }
}
