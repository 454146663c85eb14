// What the jsonb columns hold. The generated schema names these types; scripts/generate-schema.ts says which column holds which.

/** The merchant's own notes on an object: at most 50 pairs. */
export type Metadata = Record<string, string | number | boolean>

export interface BillingAddress {
  /** ISO 3166-1, two letters. */
  country: string
  state: string | null
  city: string | null
  street: string | null
  zipcode: string | null
}

export interface CartItem {
  product_id: string
  quantity: number
  addons: CartAddon[]
  /** Minor units, where the customer chooses what to pay. */
  amount: number | null
}

export interface CartAddon {
  addon_id: string
  quantity: number
}

/** A line of a plan for a whole period, at the price shown when the plan was chosen. */
export interface PlanItem {
  kind: 'product' | 'addon'
  product_id: string | null
  addon_id: string | null
  description: string
  quantity: number
  /** Minor units. */
  unit_price: number
}

/** Flat facts: the data of an event or an e-mail, the details of an audit entry. */
export type Facts = Record<string, string | number | boolean | null>
