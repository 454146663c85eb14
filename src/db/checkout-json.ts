// What the jsonb columns of checkouts hold beside the cart; what the buyer answered stands on what was bought, too.

/** What the page of a checkout asks and lets be changed. */
export interface PageRules {
  /** What the shop told of the buyer stays as it is. */
  locked: LockableField[]
  phone_number: 'hidden' | 'optional' | 'required'
  /** Required: of whoever buys as a business. */
  tax_id: 'hidden' | 'optional' | 'required'
  /** Whose saved methods can be paid with: the customer the shop named; null: nobody's are shown. */
  saved_methods_of: string | null
  /** Whoever buys becomes a customer of their own, whether the address is known or not. */
  new_customer: boolean
  /** Add-ons can be chosen and given up. */
  edits_addons: boolean
  /** What is bought is folded away until asked for. */
  folds_order: boolean
  /** Says of what is charged on demand that it will be. */
  tells_on_demand: boolean
  /** Of the button, in place of ours. */
  pay_button_text: string | null
  custom_fields: CustomField[]
}

export type LockableField =
  | 'email'
  | 'name'
  | 'country'
  | 'street'
  | 'city'
  | 'state'
  | 'zipcode'
  | 'tax_id'
  | 'business_name'

/** A question of the shop's own. */
export interface CustomField {
  key: string
  label: string
  field_type: 'text' | 'number' | 'email' | 'url' | 'date' | 'dropdown' | 'boolean'
  /** Of a dropdown. */
  options: string[]
  placeholder: string | null
  required: boolean
}

export interface CustomFieldResponse {
  key: string
  value: string
}
