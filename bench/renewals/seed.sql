-- Monthly subscriptions of one business, each of a customer of its own with a card that pays, all due an hour ago: a millisecond apart,
-- so that the businesses of a run take turns.
-- Reads bench.business_id, bench.product_id and bench.subscriptions.
set synchronous_commit = off;
-- References are right by construction; checking them one by one is not what is measured.
set session_replication_role = replica;

create temp table ids on commit drop as
select n, current_setting('bench.business_id') as business_id, current_setting('bench.product_id') as product_id,
  'cus_' || lpad(n::text, 21, '0') as customer_id, 'pm_' || lpad(n::text, 21, '0') as payment_method_id,
  'mth_' || lpad(n::text, 21, '0') as method_id, 'sub_' || lpad(n::text, 21, '0') as subscription_id,
  date_trunc('hour', now()) - interval '1 hour' - interval '1 month' + n * interval '1 ms' as anchor,
  date_trunc('hour', now()) - interval '1 hour' + n * interval '1 ms' as due
from generate_series(1, current_setting('bench.subscriptions')::integer) n;

insert into customers (business_id, customer_id, email, name, created_at, updated_at)
select business_id, customer_id, 'customer' || n || '@example.com', 'Customer ' || n, anchor, anchor from ids;

insert into sandbox.methods (business_id, method_id, customer_id, type, status, off_session, card_network, card_last_four,
  card_issuing_country, card_type, card_holder_name, expiry_month, expiry_year, created_at)
select business_id, method_id, customer_id, 'card', 'attached', 'succeeds', 'visa', '4242', 'US', 'credit', 'Customer ' || n, 12, 2040, anchor
from ids;

insert into payment_methods (business_id, payment_method_id, customer_id, processor, processor_reference, type, card_network,
  card_last_four, card_issuing_country, card_type, card_holder_name, expiry_month, expiry_year, is_default, created_at)
select business_id, payment_method_id, customer_id, 'sandbox', method_id, 'card', 'visa', '4242', 'US', 'credit', 'Customer ' || n, 12, 2040,
  true, anchor
from ids;

insert into subscriptions (business_id, subscription_id, customer_id, product_id, status, quantity, currency, unit_price,
  recurring_pre_tax_amount, tax_inclusive, payment_frequency_count, payment_frequency_interval, subscription_period_count,
  subscription_period_interval, payment_method_id, billing, anchor, period_number, previous_billing_date, next_billing_date,
  expires_at, next_attempt_at, created_at, updated_at)
select business_id, subscription_id, customer_id, product_id, 'active', 1, 'USD', 3000, 3000, false, 1, 'Month', 10, 'Year',
  payment_method_id, '{"country": "US", "state": null, "city": null, "street": null, "zipcode": null}',
  anchor, 0, anchor, due, anchor + interval '10 years', due, anchor, anchor
from ids;

insert into subscription_periods (business_id, subscription_id, period_start, period_end, kind)
select business_id, subscription_id, anchor, due, 'paid' from ids;

insert into period_values (business_id, subscription_id, position, kind, product_id, description, quantity, amount)
select business_id, subscription_id, 0, 'product', product_id, 'Studio Basic', 1, 3000 from ids;
