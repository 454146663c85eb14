-- Customers with a monthly subscription to both meters, halfway through its month. The first one's month holds a thousand events, the
-- second one's a million, spread evenly, with rollups as reporting them hour by hour leaves them.
-- Reads bench.business_id, bench.product_id and bench.customers.
set synchronous_commit = off;
-- References are right by construction; checking them one by one is not what is measured.
set session_replication_role = replica;

create temp table ids on commit drop as
select n, current_setting('bench.business_id') as business_id, current_setting('bench.product_id') as product_id,
  'cus_' || lpad(n::text, 21, '0') as customer_id, 'sub_' || lpad(n::text, 21, '0') as subscription_id,
  date_trunc('hour', now()) - interval '30 days' as anchor, date_trunc('hour', now()) + interval '1 day' as due
from generate_series(1, current_setting('bench.customers')::integer) n;

insert into customers (business_id, customer_id, email, name, created_at, updated_at)
select business_id, customer_id, 'customer' || n || '@example.com', 'Customer ' || n, anchor, anchor from ids;

insert into subscriptions (business_id, subscription_id, customer_id, product_id, status, quantity, currency, unit_price,
  recurring_pre_tax_amount, tax_inclusive, payment_frequency_count, payment_frequency_interval, subscription_period_count,
  subscription_period_interval, billing, anchor, period_number, previous_billing_date, next_billing_date, expires_at,
  next_attempt_at, created_at, updated_at)
select business_id, subscription_id, customer_id, product_id, 'active', 1, 'USD', 3000, 3000, false, 31, 'Day', 10, 'Year',
  '{"country": "US", "state": null, "city": null, "street": null, "zipcode": null}',
  anchor, 0, anchor, due, anchor + interval '10 years', due, anchor, anchor
from ids;

insert into subscription_periods (business_id, subscription_id, period_start, period_end, kind)
select business_id, subscription_id, anchor, due, 'paid' from ids;

insert into subscription_meters (business_id, subscription_id, meter_id, position, price_per_unit, free_threshold, billed_until)
select i.business_id, i.subscription_id, m.meter_id, m.position, m.price_per_unit, m.free_threshold, i.anchor
from ids i join product_meters m using (business_id, product_id);

create temp table months on commit drop as
select i.business_id, i.customer_id, i.subscription_id, 'month-' || i.n || '-' || e as event_id,
  i.anchor + (now() - i.anchor) * e / (case i.n when 1 then 1000 else 1000000 end) as occurred_at, 1 + e % 4000 as tokens
from ids i cross join lateral generate_series(1, case i.n when 1 then 1000 else 1000000 end) e
where i.n <= 2;

insert into usage_events (business_id, event_id, customer_id, event_name, occurred_at, metadata, meter_ids, ingested_at)
select business_id, event_id, customer_id, 'api_request', occurred_at, jsonb_build_object('tokens', tokens),
  (select array_agg(meter_id) from meters), occurred_at
from months;

insert into usage_rollups (business_id, subscription_id, meter_id, bucket_start, events, total, highest, last_value, last_at, last_event_id)
select e.business_id, e.subscription_id, m.meter_id, date_trunc('hour', e.occurred_at), count(*), sum(v.units), max(v.units),
  (array_agg(v.units order by e.occurred_at desc))[1], max(e.occurred_at), (array_agg(e.event_id order by e.occurred_at desc))[1]
from months e join meters m using (business_id)
  cross join lateral (select case m.aggregation_type when 'count' then 1 else e.tokens end as units) v
group by 1, 2, 3, 4;
