// What the checkout form sends.

import { z } from 'zod'
import { countryCodes } from '#billing/countries.ts'
import { choiceField, emailField, textField } from '#ui/parse-form.ts'

export const checkoutForm = z.object({
  email: emailField(),
  name: textField({ max: 200, required: true }),
  country: choiceField(countryCodes, 'error.form.country'),
  street: textField({ max: 300 }),
  city: textField({ max: 150 }),
  state: textField({ max: 150 }),
  zipcode: textField({ max: 20 }),
  tax_id: textField({ max: 50 }),
  business_name: textField({ max: 250 }),
  /** What the page said was due, in minor units. */
  shown_total: textField({ max: 20 }),
})

/** A code to redeem, or one to take off again. */
export const codeForm = z.object({ code: textField({ max: 100 }), remove: textField({ max: 100 }) })

export type CheckoutField = keyof typeof checkoutForm.shape | keyof typeof codeForm.shape
