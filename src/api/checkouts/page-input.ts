// How the page of a checkout is to be: what it asks, what may be changed on it, how it looks.
import { z } from '@hono/zod-openapi'
import { notYet } from '#api/input/not-yet.ts'
import { text } from '#api/input/text.ts'
import { themeColorsInput } from '#api/theme/theme-input.ts'

import type { PageWishes } from '#core/checkout/page-rules.ts'
import type { LookChange } from '#core/themes/change-look.ts'
import { themeShape } from '#wire/theme.ts'

const customField = z
  .object({
    key: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,50}$/, 'must be at most 50 letters, digits, _ or -')
      .openapi({ description: 'What the answer is called', example: 'team_size' }),
    label: text({ max: 200 }).openapi({ description: 'The question, as the buyer reads it' }),
    field_type: z.enum(['text', 'number', 'email', 'url', 'date', 'dropdown', 'boolean']),
    options: z
      .array(text({ max: 100 }))
      .max(100)
      .nullish()
      .openapi({ description: 'Of a dropdown' }),
    placeholder: text({ max: 100 }).nullish(),
    required: z.boolean().optional(),
  })
  .refine(({ field_type, options }) => field_type !== 'dropdown' || (options ?? []).length > 0, {
    path: ['options'],
    message: 'are needed for a dropdown',
  })

const MOST_FIELDS = 5

export const customFieldsInput = z
  .array(customField)
  .max(MOST_FIELDS)
  .refine((fields) => new Set(fields.map(({ key }) => key)).size === fields.length, 'must each have a key of their own')
  .nullish()
  .openapi({ description: 'Questions of yours; the answers stand on the payment and the subscription' })

const may = (what: string) => z.boolean().optional().openapi({ description: what })
const edits = (what: string) => may(`false: the ${what} you told stays as it is`)
const ignored = (why: string) =>
  z
    .boolean()
    .optional()
    .openapi({ description: `Ignored: ${why}` })

export const featureFlagsInput = z
  .object({
    allow_discount_code: may('May the buyer enter one: true'),
    allow_customer_editing_email: edits('address'),
    allow_customer_editing_name: edits('name'),
    allow_customer_editing_country: edits('country'),
    allow_customer_editing_street: edits('street'),
    allow_customer_editing_city: edits('city'),
    allow_customer_editing_state: edits('state'),
    allow_customer_editing_zipcode: edits('postal code'),
    allow_customer_editing_tax_id: edits('tax id'),
    allow_customer_editing_business_name: edits('name of the company'),
    allow_phone_number_collection: may('false: nobody is asked for a phone number'),
    require_phone_number: may('Nobody pays without one: false'),
    allow_tax_id: may('false: nobody is asked for a tax id or a company'),
    require_tax_id: may('Who buys as a company needs one: false'),
    allow_editing_addons: may('May the buyer choose add-ons: false'),
    always_create_new_customer: may('Whoever buys becomes a new customer, though the address may be known: false'),
    allow_currency_selection: ignored('the currency is the checkout’s'),
    redirect_immediately: ignored('it is always so where there is a return_url'),
    require_cardholder_name: ignored('the processor’s page always asks for it'),
    single_page: ignored('a card is entered on the processor’s page alone'),
  })
  .optional()

const pageLook = z.object({
  light: themeColorsInput,
  dark: themeColorsInput,
  radius: themeShape.radius.max(20).nullish(),
  font_size: themeShape.font_size.nullish(),
  font_weight: themeShape.font_weight.nullish(),
  pay_button_text: text({ max: 100 }).nullish().openapi({ description: 'In place of ours, in your words' }),
  font_primary_url: notYet(z.string().nullish()),
  font_secondary_url: notYet(z.string().nullish()),
})

export const customizationInput = z
  .object({
    force_language: z
      .string()
      .regex(/^[A-Za-z]{2,3}([_-][0-9A-Za-z]{2,8})*$/, 'must be a language, such as ar')
      .nullish()
      .openapi({ example: 'ar' }),
    show_order_details: may('false: what is bought is folded away until it is asked for'),
    show_on_demand_tag: may('false: that more will be charged on demand is not said on the page'),
    theme: themeShape.mode.nullish(),
    theme_config: pageLook.nullish().openapi({ description: 'Over your theme, for this checkout' }),
  })
  .optional()

interface PageBody {
  feature_flags?: z.output<typeof featureFlagsInput>
  customization?: z.output<typeof customizationInput>
  custom_fields?: z.output<typeof customFieldsInput>
  show_saved_payment_methods?: boolean | undefined
}

const lockable = [
  'email',
  'name',
  'country',
  'street',
  'city',
  'state',
  'zipcode',
  'tax_id',
  'business_name',
] as const satisfies PageWishes['locked']

export function toPageWishes({
  feature_flags: flags = {},
  customization,
  custom_fields,
  ...rest
}: PageBody): PageWishes {
  const asked = (allowed: boolean | undefined, required: boolean | undefined) =>
    allowed === false ? 'hidden' : required ? 'required' : 'optional'
  return {
    locked: lockable.filter((field) => flags[`allow_customer_editing_${field}`] === false),
    phone_number: asked(flags.allow_phone_number_collection, flags.require_phone_number),
    tax_id: asked(flags.allow_tax_id, flags.require_tax_id),
    saved_methods: rest.show_saved_payment_methods ?? false,
    new_customer: flags.always_create_new_customer ?? false,
    edits_addons: flags.allow_editing_addons ?? false,
    folds_order: customization?.show_order_details === false,
    tells_on_demand: customization?.show_on_demand_tag !== false,
    pay_button_text: customization?.theme_config?.pay_button_text ?? null,
    custom_fields: (custom_fields ?? []).map(toCustomField),
  }
}

function toCustomField(field: z.output<typeof customField>): PageWishes['custom_fields'][number] {
  const { key, label, field_type, options, placeholder = null, required = false } = field
  return { key, label, field_type, options: field_type === 'dropdown' ? (options ?? []) : [], placeholder, required }
}

/** Undefined where it looks as all pages of the business. */
export function toLookChange({ customization }: PageBody): LookChange | undefined {
  const { theme, theme_config } = customization ?? {}
  const { light, dark, radius, font_size, font_weight } = theme_config ?? {}
  const change = { mode: theme ?? undefined, light, dark, radius, font_size, font_weight }
  return Object.values(change).every((value) => value == null) ? undefined : change
}
