// What the checkout form sends: who buys, and the answers to the shop's own questions.

import { z } from 'zod'
import { countryCodes } from '#billing/countries.ts'
import { hasTaxIdForm } from '#billing/tax-id.ts'
import type { Buyer } from '#core/checkout/begin-payment.ts'
import { type AnswerProblem, readAnswers } from '#core/checkout/custom-fields.ts'
import { rulesOf } from '#core/checkout/page-rules.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import type { MessageKey } from '#i18n/translator.ts'
import {
  choiceField,
  emailField,
  type FormErrors,
  parseForm,
  phoneField,
  type Typed,
  textField,
} from '#ui/parse-form.ts'

export const checkoutForm = z.object({
  email: emailField(),
  name: textField({ max: 200, required: true }),
  country: choiceField(countryCodes, 'error.form.country'),
  phone_number: phoneField(),
  street: textField({ max: 300 }),
  city: textField({ max: 150 }),
  state: textField({ max: 150 }),
  zipcode: textField({ max: 20 }),
  tax_id: textField({ max: 50 }),
  business_name: textField({ max: 250 }),
  /** One that is saved; empty for what is entered on the next page. */
  payment_method: textField({ max: 64 }),
  /** What the page said was due, in minor units. */
  shown_total: textField({ max: 20 }),
})

/** A code to redeem, or one to take off again. */
export const codeForm = z.object({ code: textField({ max: 100 }), remove: textField({ max: 100 }) })

/** A product that was chosen, or how many there are to be of an add-on. */
export const cartForm = z.object({
  product_id: textField({ max: 64 }),
  addon_id: textField({ max: 64 }),
  quantity: z.coerce.number().int().min(0).max(1_000).default(0),
})

/** The name of a question's control. */
export const questionName = (key: string): `question_${string}` => `question_${key}`

export type CheckoutField = keyof typeof checkoutForm.shape | keyof typeof codeForm.shape | `question_${string}`

type ReadOrder =
  | { ok: true; buyer: Omit<Buyer, 'locale'>; payment_method: string; shown_total: string; typed: Typed<CheckoutField> }
  | { ok: false; typed: Typed<CheckoutField>; errors: FormErrors<CheckoutField> }

/** What the shop told of the buyer. Nothing saved is shown: whoever holds the address is not signed in. */
export function toldOf(checkout: Checkout): Typed<CheckoutField> {
  const { billing, customer_email, customer_name, tax_id, customer_business_name, custom_field_responses } = checkout
  const told = {
    ...{ email: customer_email, name: customer_name, ...billing, tax_id, business_name: customer_business_name },
    ...Object.fromEntries((custom_field_responses ?? []).map(({ key, value }) => [questionName(key), value] as const)),
  }
  const known = Object.entries(told).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(known) as Typed<CheckoutField>
}

/** A form that was sent; what is not the buyer's to change is as the shop told it. */
export function readOrder(checkout: Checkout, sent: Readonly<Record<string, unknown>>): ReadOrder {
  const { asked, rest } = parted(sent)
  const phone_number = phoneField({ required: needsPhone(checkout) })
  const form = parseForm(checkoutForm.extend({ phone_number }), { ...rest, ...keptOf(checkout) })
  const answers = readQuestions(checkout, asked)
  const typed = { ...(form.ok ? form.values : form.typed), ...answers.typed }
  const errors = { ...(form.ok ? problemsOf(checkout, form.values) : form.errors), ...answers.errors }
  if (!form.ok || Object.keys(errors).length > 0) return { ok: false, typed, errors }
  const { payment_method, shown_total } = form.values
  const buyer = { ...buyerOf(checkout, form.values), custom_field_responses: answers.responses }
  return { ok: true, buyer, payment_method, shown_total, typed }
}

/** One that is known is not asked for. */
function needsPhone(checkout: Checkout): boolean {
  return rulesOf(checkout).phone_number === 'required' && checkout.customer_phone_number === null
}

/** The answers to the shop's questions, and the rest. */
function parted(sent: Readonly<Record<string, unknown>>) {
  const isAnswer = ([name]: [string, unknown]) => name.startsWith(questionName(''))
  const entries = Object.entries(sent)
  return {
    asked: Object.fromEntries(entries.filter(isAnswer)),
    rest: Object.fromEntries(entries.filter((entry) => !isAnswer(entry))),
  }
}

function readQuestions(checkout: Checkout, sent: Readonly<Record<string, unknown>>) {
  const { custom_fields } = rulesOf(checkout)
  const answer = textField({ max: 500 })
  const form = parseForm(
    z.object(Object.fromEntries(custom_fields.map(({ key }) => [questionName(key), answer]))),
    sent,
  )
  const typed: Record<string, string | undefined> = form.ok ? form.values : form.typed
  const { responses, problems } = readAnswers(
    custom_fields,
    new Map(custom_fields.map(({ key }) => [key, typed[questionName(key)] ?? ''])),
  )
  const wrong = [...problems].map(([key, problem]) => [questionName(key), answerProblems[problem]] as const)
  const errors: FormErrors<CheckoutField> = { ...Object.fromEntries(wrong), ...(form.ok ? {} : form.errors) }
  return { responses, typed: typed as Typed<CheckoutField>, errors }
}

/** What the shop told, of what is not the buyer's to change. */
function keptOf(checkout: Checkout): Record<string, string> {
  const told = toldOf(checkout)
  return Object.fromEntries(rulesOf(checkout).locked.flatMap((name) => (told[name] ? [[name, told[name]]] : [])))
}

type Values = z.output<typeof checkoutForm>

/** What is asked of this buyer beside the form itself. */
function problemsOf(checkout: Checkout, values: Values): FormErrors<CheckoutField> {
  const { tax_id, business_name, country } = values
  const rules = rulesOf(checkout)
  return {
    ...(tax_id !== '' && !hasTaxIdForm(country, tax_id) ? { tax_id: 'checkout.problem.tax_id' as const } : {}),
    ...(rules.tax_id === 'required' && tax_id === '' && business_name !== ''
      ? { tax_id: 'checkout.problem.tax_id_needed' as const }
      : {}),
  }
}

function buyerOf(checkout: Checkout, { email, name, country, ...rest }: Values): Omit<Buyer, 'locale'> {
  const address = {
    street: rest.street || null,
    city: rest.city || null,
    state: rest.state || null,
    zipcode: rest.zipcode || null,
  }
  return {
    ...{ email, name, billing: { country, ...address } },
    phone_number: rest.phone_number || checkout.customer_phone_number,
    tax_id: rest.tax_id || checkout.tax_id,
    customer_business_name: rest.business_name || checkout.customer_business_name,
  }
}

const answerProblems: Record<AnswerProblem, MessageKey> = {
  required: 'error.form.required',
  number: 'checkout.question.number',
  email: 'error.form.email',
  url: 'checkout.question.url',
  date: 'checkout.question.date',
  choice: 'error.form.choose',
  unticked: 'checkout.question.tick',
}
