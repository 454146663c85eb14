-- Subscriptions that are charged when the merchant asks, and never by themselves.

alter type dues_kind add value 'on_demand';

alter table checkout_sessions
  -- How the subscription of the cart is charged on demand; null where it renews.
  add on_demand jsonb;

alter table subscriptions
  -- Its one period is its whole term: nothing is due before that ends.
  add check (not on_demand or next_billing_date is null or next_billing_date = expires_at);
