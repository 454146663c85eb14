// Prices as the published SDK sends them.

/** Of a month; 30.00 in dollars. */
export const monthly = {
  type: 'recurring_price',
  currency: 'USD',
  price: 3000,
  discount: 0,
  purchasing_power_parity: false,
  payment_frequency_count: 1,
  payment_frequency_interval: 'Month',
  subscription_period_count: 10,
  subscription_period_interval: 'Year',
} as const
