// What the form of the plans sends: one plan, how many, add-ons by their ids, a code.
import { z } from 'zod'
import type { MessageKey } from '#i18n/translator.ts'
import type { Offer } from '#portal/plan-change/offer.ts'
import { type FormErrors, type FormInput, parseForm, textField } from '#ui/parse-form.ts'

/** Named in the messages that refuse more. */
const MAX_QUANTITY = 10_000
const MAX_CODE = 100

export type PlanField = 'product_id' | 'quantity' | 'code' | `addon_${string}`

export interface PlanWish {
  product_id: string
  quantity: number
  addons: { addon_id: string; quantity: number }[]
  discount_codes?: string[]
}

export type ParsedWish =
  | { ok: true; wish: PlanWish; typed: Record<string, string> }
  | { ok: false; errors: FormErrors<PlanField>; typed: Record<string, string> }

export const addonField = (addon_id: string): `addon_${string}` => `addon_${addon_id}`

/**
 * An add-on that the chosen plan does not have ends with the old plan where it was left as it is; where more of it was asked for, that is
 * told. Plans and add-ons of others are not on offer and refused like any other text.
 */
export function parsePlanForm(input: FormInput, { plans, addons }: Offer): ParsedWish {
  const schema = z.object({
    product_id: z
      .string('error.plan.choose')
      .refine((id) => plans.some((plan) => plan.product_id === id && plan.sold), 'error.plan.not_offered'),
    quantity: count(1, 'error.plan.quantity'),
    code: textField({ max: MAX_CODE }),
    ...Object.fromEntries(
      addons.map(({ addon_id }) => [addonField(addon_id), count(0, 'error.plan.addon_quantity').optional()]),
    ),
  })
  const form = parseForm(schema, input)
  if (!form.ok) return { ok: false, errors: form.errors as FormErrors<PlanField>, typed: form.typed }
  const values = form.values as { product_id: string; quantity: number; code: string } & Record<string, unknown>
  const { product_id, quantity, code } = values
  const typed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
  const errors: Partial<Record<PlanField, MessageKey>> = {}
  const wanted = addons.flatMap((addon) => {
    const number = Number(values[addonField(addon.addon_id)] ?? 0)
    if (number === 0) return []
    if (addon.product_ids.includes(product_id)) return [{ addon_id: addon.addon_id, quantity: number }]
    if (number !== addon.quantity) errors[addonField(addon.addon_id)] = 'error.plan.addon'
    return []
  })
  if (Object.keys(errors).length > 0) return { ok: false, errors, typed }
  const wish = { product_id, quantity, addons: wanted, ...(code === '' ? {} : { discount_codes: [code] }) }
  return { ok: true, wish, typed }
}

/** Digits as people type them; nothing typed is the least there may be. */
function count(least: number, problem: MessageKey) {
  return z
    .string(problem)
    .transform((text) => text.trim().replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf)))
    .refine((text) => text === '' || /^\d{1,6}$/.test(text), problem)
    .transform((text) => (text === '' ? least : Number(text)))
    .refine((number) => number >= least && number <= MAX_QUANTITY, problem)
}
