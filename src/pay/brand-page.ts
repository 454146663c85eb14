import type { Brand } from '#core/brands/queries.ts'
import { imageAt } from '#core/images/image-at.ts'
import type { BusinessPage } from '#ui/page.ts'

/** The page of a business as one of its brands: under that name, e-mail and picture. The logo is the business's own and not shown. */
export function inBrand(page: BusinessPage, brand: Brand | undefined): BusinessPage {
  if (brand === undefined) return page
  const { name, support_email } = brand
  const { business, urls } = page
  const image = imageAt(urls, business.business_id, brand.image)
  const logo = image && { ...image, dark: null }
  const named = name === null ? { logo: logo ?? business.logo } : { name, logo }
  return { ...page, business: { ...business, ...named, support_email: support_email ?? business.support_email } }
}
