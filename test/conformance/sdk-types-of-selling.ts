// The checkout's preview and what leads to a checkout, checked by the compiler alone as in sdk-types.ts.
import type { z } from '@hono/zod-openapi'
import type { AddonUpdateImagesResponse } from 'dodopayments/resources/addons'
import type {
  Brand,
  BrandArchiveParams,
  BrandArchiveResponse,
  BrandCreateParams,
  BrandListParams,
  BrandUpdateImagesResponse,
  BrandUpdateParams,
} from 'dodopayments/resources/brands'
import type {
  CheckoutSessionPreviewParams,
  CheckoutSessionPreviewResponse,
} from 'dodopayments/resources/checkout-sessions'
import type { EmailBody, EmailListParams, EmailLogItem } from 'dodopayments/resources/customers/emails'
import type {
  ProductCollectionUpdateImagesParams,
  ProductCollectionUpdateImagesResponse,
} from 'dodopayments/resources/product-collections/product-collections'
import type { ImageUpdateParams, ImageUpdateResponse } from 'dodopayments/resources/products/images'
import type {
  ShortLinkCreateParams,
  ShortLinkCreateResponse,
  ShortLinkListParams,
  ShortLinkListResponse,
} from 'dodopayments/resources/products/short-links'
import type { archiveBrandBody } from '#api/brands/archive-brand.ts'
import type { createBrandBody } from '#api/brands/create-brand.ts'
import type { listBrandsQuery } from '#api/brands/list-brands.ts'
import type { updateBrandBody } from '#api/brands/update-brand.ts'
import type { createCheckoutBody } from '#api/checkouts/checkout-input.ts'
import type { listSentEmailsQuery } from '#api/customers/list-sent-emails.ts'
import type { forceUpdate } from '#api/input/image.ts'
import type { createShortLinkBody } from '#api/short-links/create-short-link.ts'
import type { listShortLinksQuery } from '#api/short-links/list-short-links.ts'
import type { WireArchivedBrand, WireBrand } from '#wire/brand.ts'
import type { WireCheckoutPreview } from '#wire/checkout-preview.ts'
import type { maybeNamedUploadSchema, uploadAddressSchema } from '#wire/image.ts'
import type { WireEmailBody, WireSentEmail } from '#wire/sent-email.ts'
import type { WireShortLink, WireShortLinkAddresses } from '#wire/short-link.ts'
import type { Fits, Heard, Whole } from './fits.ts'

export type Checked = [
  Fits<WireBrand, Brand>,
  Whole<WireBrand, Brand>,
  Fits<WireArchivedBrand, BrandArchiveResponse>,
  Fits<z.output<typeof uploadAddressSchema>, BrandUpdateImagesResponse>,
  Fits<z.output<typeof uploadAddressSchema>, AddonUpdateImagesResponse>,
  Fits<z.output<typeof maybeNamedUploadSchema>, ImageUpdateResponse>,
  Fits<z.output<typeof maybeNamedUploadSchema>, ProductCollectionUpdateImagesResponse>,
  Fits<keyof ImageUpdateParams, keyof z.input<typeof forceUpdate>>,
  Fits<keyof ProductCollectionUpdateImagesParams, keyof z.input<typeof forceUpdate>>,
  Heard<BrandCreateParams, z.input<typeof createBrandBody>>,
  Heard<BrandUpdateParams, z.input<typeof updateBrandBody>>,
  Heard<BrandArchiveParams, z.input<typeof archiveBrandBody>>,
  Fits<keyof BrandListParams, keyof z.input<typeof listBrandsQuery>>,
  Fits<WireCheckoutPreview, CheckoutSessionPreviewResponse>,
  Whole<WireCheckoutPreview, CheckoutSessionPreviewResponse>,
  Whole<WireCheckoutPreview['product_cart'][number], CheckoutSessionPreviewResponse.ProductCart>,
  Whole<
    WireCheckoutPreview['product_cart'][number]['addons'][number],
    CheckoutSessionPreviewResponse.ProductCart.Addon
  >,
  Fits<WireShortLinkAddresses, ShortLinkCreateResponse>,
  Fits<WireShortLink, ShortLinkListResponse>,
  Heard<ShortLinkCreateParams, z.input<typeof createShortLinkBody>>,
  Fits<keyof ShortLinkListParams, keyof z.input<typeof listShortLinksQuery>>,
  Fits<WireSentEmail, EmailLogItem>,
  Whole<WireSentEmail, EmailLogItem>,
  Fits<WireEmailBody, EmailBody>,
  Whole<WireEmailBody, EmailBody>,
  Fits<keyof EmailListParams, keyof z.input<typeof listSentEmailsQuery>>,
  Heard<CheckoutSessionPreviewParams, z.input<typeof createCheckoutBody>>,
]
