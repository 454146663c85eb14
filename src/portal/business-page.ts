import { pageOf } from '#door/request.ts'
import type { AppContext } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'
import type { BusinessPage, PageBusiness } from '#ui/page.ts'

export function pageBusiness({ business }: BusinessCtx): PageBusiness {
  const { business_id, name, support_email } = business
  return { business_id, name, logo: null, support_email }
}

/** A page of a business before anybody is signed in. */
export function businessPage(c: AppContext, ctx: BusinessCtx): BusinessPage {
  return { ...pageOf(c, { timeZone: ctx.business.timezone }), business: pageBusiness(ctx) }
}
