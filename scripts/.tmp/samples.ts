import type { InvoiceDocument } from '#wire/invoice-document.ts'
export const invoice: InvoiceDocument = {
  number: 'NW-2026-0042', issued_at: '2026-01-31T09:15:00Z', time_zone: 'Europe/Berlin', currency: 'USD',
  business: { name: 'Northwind Studio', legal_name: 'Northwind Studio GmbH', address: ['Lindenstraße 12', '10969 Berlin'], country: 'DE', tax_id: 'DE123456789', email: 'billing@northwind.example' },
  customer: { name: 'Mara Lindqvist', legal_name: null, address: ['4 Harbour Row', 'Portland, OR 97209'], country: 'US', tax_id: null, email: 'mara@example.com' },
  lines: [
    { description: 'Team plan', quantity: 3, unit_price: 2900, amount: 8700, tax: 718, tax_rate: 8.25, period_start: '2026-01-30T23:00:00Z', period_end: '2026-02-27T23:00:00Z' },
    { description: 'Extra storage, 100 GB', quantity: 1, unit_price: 500, amount: 500, tax: 41, tax_rate: 8.25, period_start: '2026-01-30T23:00:00Z', period_end: '2026-02-27T23:00:00Z' },
    { description: 'Onboarding session', quantity: 1, unit_price: 125000, amount: 125000, tax: 10313, tax_rate: 8.25, period_start: null, period_end: null },
  ],
  subtotal: 134200, tax: 11072, tax_inclusive: false, total: 145272,
  payment: { payment_id: 'pay_0QmYx8Zr4TnKd2VbLsWq1P', paid_at: '2026-01-31T09:15:02Z', method: 'Visa •••• 4242' }, next_billing_date: '2026-02-27T23:00:00Z',
}
