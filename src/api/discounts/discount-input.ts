// What a discount is made from and what may be changed of it.
import { z } from '@hono/zod-openapi'
import { instant } from '#api/input/instant.ts'
import { id, text } from '#api/input/text.ts'
import { MAX_AMOUNT } from '#billing/money.ts'
import { currencySchema } from '#wire/codes.ts'
import { customerEligibilitySchema } from '#wire/discount.ts'
import { orNull } from '#wire/list.ts'

const currencyOption = z.object({
  currency: currencySchema,
  is_default: z.boolean().optional(),
  minimum_subtotal: z.int().min(0).max(MAX_AMOUNT).optional().openapi({ description: 'Minor units; 0 for none' }),
  max_amount_possible: z
    .int()
    .min(1)
    .max(MAX_AMOUNT)
    .nullish()
    .openapi({ description: 'Minor units: what a flat discount takes, the most a percentage takes' }),
})

const often = (description: string) => z.int().min(1).max(2_000_000_000).nullish().openapi({ description })

export const discountCode = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z_-]{3,16}$/, 'must be 3 to 16 letters, digits, _ and -')
  .openapi({ example: 'SPRING20' })

export const discountFields = {
  name: text({ max: 100 }).nullish(),
  customer_eligibility: orNull(customerEligibilitySchema).optional(),
  usage_limit: often('How often it can be redeemed in all'),
  per_customer_usage_limit: often('How often one customer can redeem it'),
  subscription_cycles: often('Billing periods it lasts; all where it is left out'),
  starts_at: instant().nullish().openapi({ description: 'From when on it can be redeemed' }),
  expires_at: instant().nullish().openapi({ description: 'From when on it cannot be redeemed any more' }),
  restricted_to: z.array(id()).max(1_000).nullish().openapi({ description: 'Products; none for all' }),
  currency_options: z
    .array(currencyOption)
    .max(200)
    .nullish()
    .openapi({ description: 'Amounts are not converted: where there are options, a currency needs one' }),
}

export function toOptions(options: z.output<typeof currencyOption>[]) {
  return options.map(({ currency, is_default, minimum_subtotal, max_amount_possible }) => ({
    currency,
    is_default: is_default ?? false,
    minimum_subtotal: minimum_subtotal ?? 0,
    max_amount_possible: max_amount_possible ?? null,
  }))
}

/** The codes of a request, which come in a list or as the one of earlier versions. */
export const codesInput = {
  discount_code: z.string().max(100).nullish().openapi({ description: 'Deprecated: use discount_codes' }),
  discount_codes: z
    .array(z.string().max(100))
    .max(20)
    .nullish()
    .openapi({ description: 'In the order they apply; not together with discount_code' }),
}
