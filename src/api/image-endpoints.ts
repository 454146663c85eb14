// How things get their pictures.
import { updateAddonImageEndpoint } from './addons/update-addon-image.ts'
import { updateBrandImageEndpoint } from './brands/update-brand-image.ts'
import type { Endpoint } from './endpoint.ts'
import { updateProductCollectionImageEndpoint } from './product-collections/update-collection-image.ts'
import { updateProductImageEndpoint } from './products/update-product-image.ts'

export const imageEndpoints: readonly Endpoint[] = [
  updateProductImageEndpoint,
  updateProductCollectionImageEndpoint,
  updateAddonImageEndpoint,
  updateBrandImageEndpoint,
]
