// What the checkout form sends.

import { z } from 'zod'
import { countryCodes } from '#ui/countries.ts'
import { choiceField, emailField, textField } from '#ui/parse-form.ts'

export const checkoutForm = z.object({
  email: emailField(),
  name: textField({ max: 200, required: true }),
  country: choiceField(countryCodes, 'error.form.country'),
  street: textField({ max: 300 }),
  city: textField({ max: 150 }),
  state: textField({ max: 150 }),
  zipcode: textField({ max: 20 }),
})

export type CheckoutField = keyof typeof checkoutForm.shape
