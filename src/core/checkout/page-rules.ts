// What the page of a checkout asks and lets be changed, where the shop said nothing and where it did.
import type { Checkout } from '#core/checkout/queries.ts'
import type { CustomField, LockableField, PageRules } from '#db/checkout-json.ts'

export type { CustomField, LockableField }

/** As the shop asks for it: whose saved methods are shown follows from the customer it names. */
export type PageWishes = Omit<PageRules, 'saved_methods_of'> & { saved_methods: boolean }

const PLAIN: PageRules = {
  locked: [],
  phone_number: 'optional',
  tax_id: 'optional',
  saved_methods_of: null,
  new_customer: false,
  edits_addons: false,
  folds_order: false,
  tells_on_demand: true,
  pay_button_text: null,
  custom_fields: [],
}

/** Where nothing is wished for. */
export const plainWishes: PageWishes = withoutMethods(PLAIN)

function withoutMethods({ saved_methods_of: _, ...rules }: PageRules): PageWishes {
  return { ...rules, saved_methods: false }
}

export function rulesOf({ page_rules }: Pick<Checkout, 'page_rules'>): PageRules {
  return page_rules ?? PLAIN
}

/**
 * Only what the shop told can be kept as it told it. Saved methods are those of the customer it named by id; whoever only knows an address
 * is shown none.
 */
export function toRules(
  { saved_methods, locked, ...wishes }: PageWishes,
  told: { customer_id: string | null; fields: ReadonlySet<LockableField> },
): PageRules {
  return {
    ...wishes,
    locked: locked.filter((field) => told.fields.has(field)),
    saved_methods_of: saved_methods ? told.customer_id : null,
  }
}
