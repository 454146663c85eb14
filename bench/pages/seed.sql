-- One customer's years with a business whose catalog is there. Reads bench.business_id, bench.customer_id and how much of each there is:
-- bench.subscriptions, bench.payments, bench.keys. Same input, same rows, but for the dates, which count back from now. Every reference
-- and check is held to.

create or replace function pg_temp.new_id(prefix text, at timestamptz, seed text) returns text language sql as
$$ select prefix || '_' || lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
     || substr(md5(current_setting('bench.customer_id') || seed), 1, 9) $$;
create or replace function pg_temp.me() returns text language sql as $$ select current_setting('bench.business_id') $$;
create or replace function pg_temp.customer() returns text language sql as $$ select current_setting('bench.customer_id') $$;
create or replace function pg_temp.wished(of text) returns integer language sql as $$ select current_setting('bench.' || of)::integer $$;

-- One method for every eight subscriptions.
insert into payment_methods (business_id, payment_method_id, customer_id, processor, processor_reference, type, card_network,
  card_last_four, card_issuing_country, card_type, card_holder_name, expiry_month, expiry_year, is_default, created_at)
select pg_temp.me(), pg_temp.new_id('pm', now() - n * interval '40 days', 'm' || n), pg_temp.customer(), 'sandbox',
  'seeded_' || pg_temp.customer() || n, 'card', (array['visa', 'mastercard', 'amex'])[1 + n % 3], lpad((n * 7919 % 10000)::text, 4, '0'),
  'SE', 'credit', 'Mara Lindqvist', 1 + n % 12, extract(year from now())::integer + n % 4, n = 1, now() - n * interval '40 days'
from generate_series(1, pg_temp.wished('subscriptions') / 8 + 1) n;

-- In twenty: two ended, one on hold, one paused; four are metered; every third has seats.
create temp table plans as
select n, pg_temp.new_id('sub', begun, 's' || n) as subscription_id, begun, p.product_id, p.name as product, p.price, p.price_type,
  case when n % 10 = 9 then 'cancelled' when n % 20 = 5 then 'on_hold' when n % 20 = 15 then 'paused' else 'active' end as status,
  now() - (1 + n % 25) * interval '1 day' as last_paid, n % 3 = 1 as has_seats,
  (select payment_method_id from payment_methods m where m.business_id = pg_temp.me() and m.customer_id = pg_temp.customer()
    order by created_at desc offset n % (pg_temp.wished('subscriptions') / 8 + 1) limit 1) as payment_method_id
from (select n, now() - interval '5 years' + (n * 37 % 1000) * interval '1 day' as begun
        from generate_series(1, pg_temp.wished('subscriptions')) n) s
join products p on p.business_id = pg_temp.me() and p.name =
  case when n % 5 = 2 then 'Render Farm' else (array['Studio Basic', 'Studio Pro', 'Studio Team'])[1 + n % 3] end;

insert into subscriptions (business_id, subscription_id, customer_id, product_id, status, quantity, currency, unit_price,
  recurring_pre_tax_amount, tax_inclusive, payment_frequency_count, payment_frequency_interval, subscription_period_count,
  subscription_period_interval, payment_method_id, billing, anchor, period_number, previous_billing_date, next_billing_date,
  expires_at, on_hold_at, paused_at, paused_by, resumes_at, next_attempt_at, cancel_at_next_billing_date, cancelled_at, credit_balance,
  created_at, updated_at)
select pg_temp.me(), subscription_id, pg_temp.customer(), product_id, status::subscription_status, 1 + n % 4, 'USD', price,
  price * (1 + n % 4), true, 1, 'Month', 10, 'Year', payment_method_id,
  '{"country": "SE", "state": null, "city": "Stockholm", "street": "Götgatan 11", "zipcode": "116 46"}',
  last_paid, 0, last_paid, last_paid + interval '1 month', begun + interval '10 years',
  case when status = 'on_hold' then last_paid end, case when status = 'paused' then last_paid end, case when status = 'paused' then 'customer' end,
  case when status = 'paused' then now() + interval '20 days' end, case when status = 'active' then last_paid + interval '1 month' end,
  status = 'active' and n % 12 = 11, case when status = 'cancelled' then last_paid end, case when n % 13 = 4 then 500 else 0 end,
  begun, last_paid
from plans;

insert into subscription_addons (business_id, subscription_id, addon_id, quantity, unit_price)
select pg_temp.me(), s.subscription_id, a.addon_id, 2, a.price
from plans s join addons a on a.business_id = pg_temp.me() where has_seats;

insert into subscription_periods (business_id, subscription_id, period_start, period_end, kind)
select pg_temp.me(), subscription_id, last_paid, last_paid + interval '1 month', 'paid' from plans;

-- What is metered: an hour of use for each hour of the running period, and a year of what was billed.
insert into subscription_meters (business_id, subscription_id, meter_id, position, price_per_unit, free_threshold, billed_until)
select pg_temp.me(), subscription_id, meter_id, position, price_per_unit, free_threshold, last_paid
from plans join product_meters m on m.business_id = pg_temp.me() and m.product_id = plans.product_id;

insert into usage_rollups (business_id, subscription_id, meter_id, bucket_start, events, total, highest, last_value, last_at, last_event_id)
select m.business_id, m.subscription_id, meter_id, hour, 5, 40 + position * 7, 9, 4, hour + interval '20 minutes', 'seeded'
from subscription_meters m join plans using (subscription_id)
  cross join generate_series(date_trunc('hour', last_paid) + interval '1 hour', now(), interval '1 hour') hour
where m.business_id = pg_temp.me();

insert into usage_charges (business_id, charge_id, subscription_id, meter_id, period_start, period_end, units, free_units, chargeable_units,
  price_per_unit, amount, created_at)
select m.business_id, gen_random_uuid()::text, m.subscription_id, meter_id, last_paid - k * interval '1 month',
  last_paid - (k - 1) * interval '1 month', 400, 400, 0, m.price_per_unit, 0, last_paid - (k - 1) * interval '1 month'
from subscription_meters m join plans using (subscription_id)
  cross join generate_series(1, least(24, greatest(1, pg_temp.wished('payments') / 10))) k
where m.business_id = pg_temp.me();

-- The latest payment first. One in ten bought something once; half of the others are of the first subscription.
create temp table ledger as
select i, at, s.subscription_id, s.payment_method_id, coalesce(s.product_id, pack.product_id) as product_id,
  coalesce(s.product, pack.name) as product, coalesce(s.price, pack.price) as price, coalesce(s.has_seats, false) as has_seats,
  case when once then 'checkout' when i % 23 = 9 then 'plan_change' when s.price_type = 'usage_based_price' and i % 9 = 0 then 'usage'
       else 'renewal' end::dues_kind as kind,
  case when i % 17 = 3 then 'failed' when i % 101 = 7 then 'cancelled' else 'succeeded' end as status,
  pg_temp.new_id('due', at, 'd' || i) as dues_id, pg_temp.new_id('pay', at, 'p' || i) as payment_id, 'PX-' || substr(md5(pg_temp.customer()), 1, 6)
    || '-' || lpad((pg_temp.wished('payments') - i)::text, 6, '0') as number
from (select i, now() - interval '1 day' - i * (interval '4 years' / pg_temp.wished('payments')) as at, i % 10 = 0 as once,
        case when i % 10 = 0 then 0 when i % 2 = 1 then 1 else 1 + i / 2 % pg_temp.wished('subscriptions') end as n
        from generate_series(1, pg_temp.wished('payments')) i) wished
left join plans s using (n)
cross join (select * from products where business_id = pg_temp.me() and name = 'Brush pack') pack;

insert into dues (business_id, dues_id, reason_key, kind, status, customer_id, subscription_id, currency, subtotal, tax, total,
  tax_inclusive, period_start, period_end, created_at, closed_at)
select pg_temp.me(), dues_id, 'seeded:' || dues_id, kind, (case when status = 'succeeded' then 'paid' else 'void' end)::dues_status,
  pg_temp.customer(), subscription_id, 'USD', price, price / 6, price, true, at, at + interval '1 month', at, at
from ledger;

insert into dues_lines (business_id, customer_id, dues_id, position, kind, product_id, description, quantity, unit_price, amount, tax)
select pg_temp.me(), pg_temp.customer(), dues_id, 0, 'product', product_id, product, 1, price, price, price / 6 from ledger;

insert into dues_lines (business_id, customer_id, dues_id, position, kind, addon_id, description, quantity, unit_price, amount, tax)
select pg_temp.me(), pg_temp.customer(), dues_id, 1, 'addon', a.addon_id, a.name, 2, a.price, 2 * a.price, a.price / 3
from ledger join addons a on a.business_id = pg_temp.me() where has_seats;

insert into payments (business_id, payment_id, dues_id, attempt, status, applied, customer_id, subscription_id, currency, total_amount,
  tax, off_session, processor, processor_key, processor_reference, payment_method_id, payment_method, card_network, card_last_four,
  card_type, card_issuing_country, card_holder_name, error_code, error_message, billing, created_at, updated_at, settled_at)
select pg_temp.me(), payment_id, dues_id, 1, status::payment_status, status = 'succeeded', pg_temp.customer(), subscription_id, 'USD', price,
  price / 6, subscription_id is not null, 'sandbox', 'ptc_' || md5(payment_id), 'seeded_' || payment_id, payment_method_id, 'card', 'visa',
  '4242', 'credit', 'SE', 'Mara Lindqvist', case when status = 'failed' then 'INSUFFICIENT_FUNDS' end,
  case when status = 'failed' then 'The card has insufficient funds.' end,
  '{"country": "SE", "state": null, "city": null, "street": null, "zipcode": null}', at, at, at
from ledger;

-- What is on hold owes its last renewal.
create temp table owed as
select pg_temp.new_id('due', last_paid, 'o' || n) as dues_id, pg_temp.new_id('pay', last_paid, 'o' || n) as payment_id, * from plans
where status = 'on_hold';

insert into dues (business_id, dues_id, reason_key, kind, status, customer_id, subscription_id, currency, subtotal, tax, total,
  tax_inclusive, period_start, period_end, created_at, declined_at)
select pg_temp.me(), dues_id, 'seeded:' || dues_id, 'renewal', 'open', pg_temp.customer(), subscription_id, 'USD', price, price / 6, price,
  true, last_paid, last_paid + interval '1 month', last_paid, last_paid from owed;

insert into dues_lines (business_id, customer_id, dues_id, position, kind, product_id, description, quantity, unit_price, amount, tax)
select pg_temp.me(), pg_temp.customer(), dues_id, 0, 'product', product_id, product, 1, price, price, price / 6 from owed;

insert into payments (business_id, payment_id, dues_id, attempt, status, customer_id, subscription_id, currency, total_amount, tax,
  off_session, processor, processor_key, processor_reference, payment_method_id, payment_method, error_code, billing, created_at,
  updated_at, settled_at)
select pg_temp.me(), payment_id, dues_id, 1, 'failed', pg_temp.customer(), subscription_id, 'USD', price, price / 6, true, 'sandbox',
  'ptc_' || md5(payment_id), 'seeded_' || payment_id, payment_method_id, 'card', 'INSUFFICIENT_FUNDS', '{"country": "SE"}', last_paid,
  last_paid, last_paid from owed;

create temp table papers as
select l.*, pg_temp.new_id('inv', at, 'i' || i) as invoice_id, jsonb_build_object(
  'number', l.number, 'issued_at', at, 'time_zone', 'UTC', 'currency', 'USD',
  'business', jsonb_build_object('name', 'Linden Studio', 'legal_name', null, 'address', '[]'::jsonb, 'country', null, 'tax_id', null,
    'email', 'hello@linden.example'),
  'customer', jsonb_build_object('name', 'Mara Lindqvist', 'legal_name', null, 'address', '[]'::jsonb, 'country', 'SE', 'tax_id', null,
    'email', 'mara@northwind.example'),
  'lines', jsonb_build_array(jsonb_build_object('description', product, 'quantity', 1, 'unit_price', price, 'amount', price,
    'tax', price / 6, 'tax_rate', 20, 'period_start', at, 'period_end', at + interval '1 month')),
  'subtotal', price, 'tax', price / 6, 'tax_inclusive', true, 'total', price,
  'payment', jsonb_build_object('payment_id', payment_id, 'paid_at', at, 'method', 'Visa •••• 4242'), 'next_billing_date', null) as document
from ledger l where status = 'succeeded';

insert into invoices (business_id, invoice_id, series, number, payment_id, customer_id, document, issued_at)
select pg_temp.me(), invoice_id, 'invoice', number, payment_id, pg_temp.customer(), document, at from papers;

-- Two in a hundred were refunded, as many left credit after a change of plan, and few are disputed.
insert into refunds (business_id, refund_id, payment_id, customer_id, reason_key, status, currency, amount, processor, processor_key,
  created_at, settled_at)
select pg_temp.me(), pg_temp.new_id('ref', at, 'r' || i), payment_id, pg_temp.customer(), 'seeded:' || payment_id, 'succeeded', 'USD',
  case when i % 2 = 0 then price else price / 3 end, 'sandbox', 'ptc_' || md5('r' || payment_id), at + interval '6 hours', at + interval '6 hours'
from papers where i % 47 = 5;

insert into credit_notes (business_id, credit_note_id, number, reason_key, invoice_id, customer_id, refund_id, total, document, issued_at)
select pg_temp.me(), gen_random_uuid()::text, 'C' || number, 'seeded:' || invoice_id, invoice_id, pg_temp.customer(),
  case when i % 47 = 5 then pg_temp.new_id('ref', at, 'r' || i) end, price,
  document || jsonb_build_object('original', jsonb_build_object('number', number, 'issued_at', at), 'reason', null,
    'given_to', jsonb_build_object('type', 'credit')), at + interval '6 hours'
from papers where i % 47 = 5 or i % 61 = 8;

insert into disputes (business_id, dispute_id, payment_id, processor, processor_reference, status, stage, amount, currency, created_at, updated_at)
select pg_temp.me(), pg_temp.new_id('dp', at, 'x' || i), payment_id, 'sandbox', 'seeded_' || payment_id,
  (case when i % 2 = 0 then 'dispute_won' else 'dispute_opened' end)::dispute_status, 'dispute', price, 'USD', at, at
from papers where i % 211 = 4;

-- Keys of what was bought once, and devices; files come with each, too.
create temp table bought as
select l.*, k, row_number() over (partition by l.payment_id order by k) as nth, pg_temp.new_id('lic', at + k * interval '1 second', 'k' || k) as license_key_id
from generate_series(1, pg_temp.wished('keys')) k
join (select *, row_number() over (order by i) - 1 as place, count(*) over () as purchases
        from papers where subscription_id is null) l on k % purchases = place;

insert into license_keys (business_id, license_key_id, key, customer_id, product_id, payment_id, status, activations_limit, instances_count, created_at)
select pg_temp.me(), license_key_id, upper(md5(license_key_id)), pg_temp.customer(), product_id, payment_id,
  (case when k % 12 = 7 then 'disabled' else 'active' end)::license_key_status, 3, k % 4, at + k * interval '1 second' from bought;

insert into license_key_instances (business_id, license_key_instance_id, license_key_id, name, created_at)
select pg_temp.me(), pg_temp.new_id('lki', at, 'l' || k || '.' || device), license_key_id, 'Studio Mac ' || device, at + device * interval '1 day'
from bought cross join lateral generate_series(1, k % 4) device;

insert into entitlement_grants (business_id, grant_id, entitlement_id, customer_id, product_id, payment_id, license_key_id, status, delivered_at,
  created_at, updated_at)
select pg_temp.me(), pg_temp.new_id('entg', at, 'g' || k || e.entitlement_id), e.entitlement_id, pg_temp.customer(), b.product_id, payment_id,
  case when e.integration_type = 'license_key' then license_key_id end, 'Delivered', at, at, at
from bought b join product_entitlements p on p.business_id = pg_temp.me() and p.product_id = b.product_id
  join entitlements e on e.business_id = p.business_id and e.entitlement_id = p.entitlement_id
where nth = 1 or e.integration_type = 'license_key';

-- What was done: a deed for every other payment, half of them about the first subscription.
insert into audit_entries (business_id, audit_id, actor_type, actor_id, action, resource_id, customer_id, details, occurred_at, recorded_at)
select pg_temp.me(), pg_temp.new_id('aud', at, 'a' || i), 'customer', pg_temp.customer(),
  (array['subscription.plan_changed', 'subscription.payment_method_updated', 'subscription.on_hold', 'subscription.reactivated',
    'subscription.paused', 'subscription.resumed', 'subscription.updated', 'subscription.cancellation_scheduled'])[1 + i / 2 % 8],
  subscription_id, pg_temp.customer(), jsonb_build_object('product_id', product_id, 'payment_method_id', payment_method_id), at, at
from ledger where subscription_id is not null and i % 4 in (1, 2);

-- A wallet that is paid into and taken from.
insert into wallets (business_id, customer_id, currency, balance, created_at, updated_at)
select pg_temp.me(), pg_temp.customer(), 'USD', 300 * n, now(), now()
from (select greatest(2, pg_temp.wished('payments') / 50) as n) w;

insert into wallet_entries (business_id, entry_id, customer_id, currency, amount, before_balance, after_balance, event_type, reason_key,
  reason, created_at)
select pg_temp.me(), pg_temp.new_id('cwl', now() - (n - k) * interval '9 hours', 'w' || k), pg_temp.customer(), 'USD', 300, 300 * (k - 1),
  300 * k, 'merchant_adjustment', 'seeded:' || pg_temp.customer() || k, 'Thank you', now() - (n - k) * interval '9 hours'
from (select greatest(2, pg_temp.wished('payments') / 50) as n) w cross join generate_series(1, n) k;

drop table plans, ledger, owed, papers, bought;
