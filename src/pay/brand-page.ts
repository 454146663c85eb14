import type { Brand } from '#core/brands/queries.ts'
import type { BusinessPage } from '#ui/page.ts'

/** The page of a business as one of its brands: under that name and e-mail, and without the logo, which is the business's. */
export function inBrand(page: BusinessPage, brand: Brand | undefined): BusinessPage {
  if (brand === undefined) return page
  const { name, support_email } = brand
  const { business } = page
  const named = name === null ? {} : { name, logo: null }
  return { ...page, business: { ...business, ...named, support_email: support_email ?? business.support_email } }
}
