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

export const demoSettings = { return_url: 'https://almquill.example/account', allow_subscription_updates: true }
