// How things are sold: the checkout, and what leads to it.
import { archiveBrandEndpoint } from './brands/archive-brand.ts'
import { createBrandEndpoint } from './brands/create-brand.ts'
import { listBrandsEndpoint } from './brands/list-brands.ts'
import { retrieveBrandEndpoint } from './brands/retrieve-brand.ts'
import { updateBrandEndpoint } from './brands/update-brand.ts'
import { createCheckoutEndpoint } from './checkouts/create-checkout.ts'
import { listSupportedCountriesEndpoint } from './checkouts/list-supported-countries.ts'
import { previewCheckoutEndpoint } from './checkouts/preview-checkout.ts'
import { retrieveCheckoutEndpoint } from './checkouts/retrieve-checkout.ts'
import type { Endpoint } from './endpoint.ts'

export const sellingEndpoints: readonly Endpoint[] = [
  listBrandsEndpoint,
  createBrandEndpoint,
  retrieveBrandEndpoint,
  updateBrandEndpoint,
  archiveBrandEndpoint,
  createCheckoutEndpoint,
  retrieveCheckoutEndpoint,
  previewCheckoutEndpoint,
  listSupportedCountriesEndpoint,
]
