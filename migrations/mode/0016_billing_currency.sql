-- The currency a checkout was asked to be paid in, where a product has a price in it.
alter table checkout_sessions add billing_currency text check (billing_currency ~ '^[A-Z]{3}$');
