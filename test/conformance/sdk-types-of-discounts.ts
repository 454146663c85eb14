// Discounts, checked by the compiler alone as in sdk-types.ts.
import type { z } from '@hono/zod-openapi'
import type {
  Discount,
  DiscountCreateParams,
  DiscountDetail,
  DiscountListParams,
  DiscountUpdateParams,
} from 'dodopayments/resources/discounts'
import type { createDiscountBody } from '#api/discounts/create-discount.ts'
import type { listDiscountsQuery } from '#api/discounts/list-discounts.ts'
import type { updateDiscountBody } from '#api/discounts/update-discount.ts'
import type { WireDiscount, WireDiscountDetail } from '#wire/discount.ts'
import type { Fits, Heard, Whole } from './fits.ts'

export type Checked = [
  Fits<WireDiscount, Discount>,
  Whole<WireDiscount, Discount>,
  Fits<WireDiscountDetail, DiscountDetail>,
  Whole<WireDiscountDetail, DiscountDetail>,
  Heard<DiscountCreateParams, z.input<typeof createDiscountBody>>,
  Heard<DiscountUpdateParams, z.input<typeof updateDiscountBody>>,
  Fits<keyof DiscountListParams, keyof z.input<typeof listDiscountsQuery>>,
]
