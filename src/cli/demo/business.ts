// Who sells in the demo. Everything is invented; .example is reserved for that.

export const demoBusiness = {
  name: 'Almquill',
  email: 'hello@almquill.example',
  legal_name: 'Almquill Studio AB',
  address: 'Hornsgatan 214\n117 34 Stockholm',
  country: 'SE',
  tax_id: 'SE559999000101',
  currency: 'EUR',
  timezone: 'Europe/Stockholm',
  support_email: 'support@almquill.example',
  invoice_prefix: 'ALM',
} as const

export const demoSettings = {
  return_url: 'https://almquill.example/account',
  allow_subscription_updates: true,
  allow_subscription_pause: true,
}

/** A second one at which a customer of the first buys too: what a page for all businesses is there for. */
export const neighbour = {
  name: 'Kittiwake Press',
  email: 'post@kittiwake.example',
  legal_name: 'Kittiwake Press Ltd',
  address: '9 Foundry Row\nLeith\nEdinburgh EH6 7AA',
  country: 'GB',
  tax_id: null,
  currency: 'GBP',
  timezone: 'Europe/London',
  support_email: 'help@kittiwake.example',
  invoice_prefix: 'KIT',
} as const
