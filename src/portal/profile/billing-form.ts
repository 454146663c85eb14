import { z } from 'zod'
import { countryCodes } from '#billing/countries.ts'
import { choiceField, phoneField, textField } from '#ui/parse-form.ts'

export const billingForm = z.object({
  name: textField({ max: 200, required: true }),
  phone_number: phoneField(),
  business_name: textField({ max: 250 }),
  tax_id: textField({ max: 50 }),
  street: textField({ max: 300 }),
  city: textField({ max: 150 }),
  state: textField({ max: 150 }),
  zipcode: textField({ max: 20 }),
  country: choiceField(countryCodes, 'error.form.country'),
  /** Sent where it is ticked: for all that runs, not this subscription alone. */
  everywhere: textField({ max: 3 }),
})

export type BillingField = keyof typeof billingForm.shape
