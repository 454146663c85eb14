// What may pay, and how surely the bank is to know who does.
import { z } from '@hono/zod-openapi'
import type { NewCheckout } from '#core/checkout/create-checkout.ts'
import { paymentMethodTypeSchema } from '#wire/codes.ts'

export const allowedTypesInput = z
  .array(paymentMethodTypeSchema)
  .max(200)
  .nullish()
  .openapi({
    description: 'No other kind is taken. Those that the processor does not have are not offered',
    example: ['credit'],
  })

export const methodTermsInput = {
  allowed_payment_method_types: allowedTypesInput,
  force_3ds: z.boolean().nullish().openapi({ description: 'The bank asks the holder of every card (3-D Secure)' }),
}

const fields = z.object(methodTermsInput)

export function toMethodTerms(
  input: z.output<typeof fields>,
): Required<Pick<NewCheckout, 'allowed_payment_method_types' | 'force_3ds'>> {
  const { allowed_payment_method_types, force_3ds } = input
  return { allowed_payment_method_types: toAllowedTypes(allowed_payment_method_types), force_3ds: force_3ds ?? false }
}

/** An empty list allows all, as none does. */
export function toAllowedTypes(types: z.output<typeof allowedTypesInput>): string[] | null {
  return types === null || types === undefined || types.length === 0 ? null : [...new Set(types)]
}
