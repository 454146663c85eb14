// The pages of one business: its name, its look, its logo.
import { logoOf, themeOf } from '#core/themes/read-theme.ts'
import { type PageNeeds, pageOf } from '#door/request.ts'
import type { AppContext } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'
import type { BusinessPage, PageBusiness } from '#ui/page.ts'

function pageBusiness(ctx: BusinessCtx): PageBusiness {
  const { business_id, name, support_email } = ctx.business
  return { business_id, name, logo: logoOf(ctx), support_email }
}

/** In its own time zone unless `needs` says otherwise. */
export function businessPage(c: AppContext, ctx: BusinessCtx, needs: PageNeeds = {}): BusinessPage {
  const { business } = ctx
  const page = pageOf(c, { timeZone: business.timezone, theme: themeOf(business), ...needs })
  return { ...page, business: pageBusiness(ctx) }
}
