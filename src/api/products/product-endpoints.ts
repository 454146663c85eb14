// The short links come first: theirs is an address that could be read as that of a product.
import type { Endpoint } from '#api/endpoint.ts'
import { createShortLinkEndpoint } from '#api/short-links/create-short-link.ts'
import { listShortLinksEndpoint } from '#api/short-links/list-short-links.ts'
import { createProductEndpoint } from './create-product.ts'
import { expectFileEndpoint } from './expect-file.ts'
import { listProductsEndpoint } from './list-products.ts'
import { retrieveProductEndpoint } from './retrieve-product.ts'
import { updateProductEndpoint } from './update-product.ts'

export const productEndpoints: readonly Endpoint[] = [
  listShortLinksEndpoint,
  createShortLinkEndpoint,
  createProductEndpoint,
  retrieveProductEndpoint,
  updateProductEndpoint,
  expectFileEndpoint,
  listProductsEndpoint,
]
