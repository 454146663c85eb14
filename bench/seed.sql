-- A merchant's years as one script: customers with skewed histories, their subscriptions, what they owed, tried and paid.
-- Reads bench.business_id, bench.customers and bench.payments; the products are already there. Same input, same rows, but for the
-- dates, which count back from now. Nothing falls due for a day, so that no worker changes what is measured.
set work_mem = '256MB';
set maintenance_work_mem = '512MB';
set synchronous_commit = off;
-- References are right by construction; checking 15 million of them one by one is not what is measured.
set session_replication_role = replica;

create function pg_temp.new_id(prefix text, at timestamptz, seed text) returns text language sql immutable as
$$ select prefix || '_' || lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || substr(md5(seed), 1, 9) $$;

/* The same number from 0 to 1 for the same n and purpose. */
create function pg_temp.chance(n integer, purpose integer) returns float8 language sql immutable as
$$ select (hashint4extended(n, purpose) & 2147483647) / 2147483648.0 $$;

-- Secondary indexes are built afterwards, in one go.
create temp table postponed_indexes as
  select indexname, indexdef from pg_indexes i
  where schemaname = current_schema() and tablename in ('customers', 'payments', 'dues', 'invoices')
    and not exists (select from pg_constraint where conname = i.indexname);
do $$ declare name text; begin
  for name in select indexname from postponed_indexes loop execute format('drop index %I', name); end loop;
end $$;

-- How many payments each has: few have many. One in ten only ever bought single things.
create temp table people as
with wished as (
  select n, n % 10 = 9 as buys_once,
    case when n % 10 = 9 then 1 + n % 3 else least(96, 1 + floor(-ln(1 - pg_temp.chance(n, 1)) * 30))::integer end as wish
  from generate_series(1, current_setting('bench.customers')::integer) n
), scaled as (
  select *, greatest(1, round(wish * current_setting('bench.payments')::numeric / sum(wish) over ()))::integer as share
  from wished
), corrected as (
  select *, current_setting('bench.payments')::integer - sum(share) over () as missing,
    row_number() over (order by share desc, n) as place
  from scaled
)
select n, buys_once, share + (case when place <= abs(missing) then sign(missing) else 0 end)::integer as payments,
  case when not buys_once and pg_temp.chance(n, 2) < 0.3 then 'ended'
       when not buys_once and pg_temp.chance(n, 2) < 0.33 then 'on_hold' else 'active' end as state,
  (array['Lena','Mateo','Aiko','Noor','Oluwaseun','Ines','Jonas','Priya'])[1 + n % 8] || ' '
    || (array['Lindqvist','Tanaka','Haddad','Okafor','Moreau','Silva','Novák'])[1 + n % 7] as name,
  (array['US','US','US','DE','FR','JP','GB','SE','BR','IN'])[1 + n % 10] as country,
  (array['visa','visa','visa','mastercard','mastercard','amex'])[1 + n % 6] as network,
  lpad((n * 7919 % 10000)::text, 4, '0') as last_four
from corrected;

-- The weekly plan is for whoever has paid very often; the others chose one of three monthly ones.
create temp table plans as
with chosen as (
  select *, case when payments > 60 then 'Sketch of the week' when n % 7 = 0 then 'Studio Team'
                 when n % 7 < 3 then 'Studio Pro' else 'Studio Basic' end as product
  from people
)
select c.n, p.product_id, p.name as product, p.price, c.state, c.payments,
  p.payment_frequency_interval as unit, case when payments > 60 then interval '7 days' else interval '1 month' end as step,
  case when c.state = 'ended' then now() - interval '30 days' - pg_temp.chance(c.n, 3) * interval '700 days'
       else now() - pg_temp.chance(c.n, 3) * (case when payments > 60 then interval '5 days' else interval '26 days' end)
  end as last_paid
from chosen c join products p on p.business_id = current_setting('bench.business_id') and p.name = c.product;

create temp table attempts as
with slots as (
  select p.n, i, i / 2 as pair, p.payments, p.last_paid - (p.payments - i) * p.step as at, p.step,
    i % 2 = 0 and i < p.payments and pg_temp.chance(p.n * 256 + i, 4) < 0.08 as retried,
    i % 2 = 1 and i > 1 and pg_temp.chance(p.n * 256 + i - 1, 4) < 0.08 as retries,
    p.state = 'on_hold' and i = p.payments as declined
  from plans p cross join generate_series(1, p.payments) i
), sorted as (
  select s.*, case when retried then i + 1 else i end as owed,
    case when q.buys_once then 0
         when pair <> s.payments / 2 and pg_temp.chance(s.n * 256 + pair, 5) < 0.06 then 0
         when s.n % 10 = 8 and pair % 2 = 1 and not (q.state = 'on_hold' and pair = s.payments / 2) then 2
         else 1 end as subscription
  from slots s join people q using (n)
)
select *, min(at) over (partition by n, owed) as owed_since
from (
  select n, i, owed, subscription, case when retries then 2 else 1 end as attempt, retried or declined as failed, declined,
    case when retried then at + step - interval '3 days' else at end as at
  from sorted
) dated;

create temp table ids as
select p.n, pg_temp.new_id('cus', q.first, 'c' || p.n) as customer_id, q.first,
  pg_temp.new_id('pm', q.first, 'm' || p.n) as payment_method_id,
  pg_temp.new_id('sub', q.first, 's1' || p.n) as sub_1, pg_temp.new_id('sub', q.first, 's2' || p.n) as sub_2
from people p join (select n, min(at) - interval '1 hour' as first from attempts group by n) q using (n);
create index on ids (n);
analyze people; analyze plans; analyze attempts; analyze ids;

insert into customers (business_id, customer_id, email, name, created_at, updated_at)
select current_setting('bench.business_id'), customer_id, 'customer' || n || '@example.com', name, first, first
from ids join people using (n) order by first;

insert into payment_methods (business_id, payment_method_id, customer_id, processor, processor_reference, type, card_network,
  card_last_four, card_issuing_country, card_type, card_holder_name, expiry_month, expiry_year, is_default, created_at)
select current_setting('bench.business_id'), m.payment_method_id, customer_id, 'sandbox', 'seeded_' || m.payment_method_id, 'card', network,
  m.last_four, country, 'credit', name, 1 + n % 12, 2025 + n % 6, m.is_default, first
from ids join people using (n) cross join lateral (
  values (payment_method_id, last_four, true),
    (case when n % 6 = 0 then pg_temp.new_id('pm', first, 'second' || n) end, '4242', false)) as m(payment_method_id, last_four, is_default)
where m.payment_method_id is not null order by first;

insert into subscriptions (business_id, subscription_id, customer_id, product_id, status, quantity, currency, unit_price,
  recurring_pre_tax_amount, tax_inclusive, payment_frequency_count, payment_frequency_interval, subscription_period_count,
  subscription_period_interval, payment_method_id, billing, anchor, period_number, previous_billing_date, next_billing_date,
  expires_at, on_hold_at, next_attempt_at, cancel_at_next_billing_date, cancelled_at, created_at, updated_at)
select current_setting('bench.business_id'), id, customer_id, product_id, status, 1, 'USD', price, price, true, 1, unit, 10, 'Year',
  payment_method_id, jsonb_build_object('country', country, 'state', null, 'city', null, 'street', null, 'zipcode', null),
  last_paid, 0, last_paid, last_paid + step, first + interval '10 years',
  case when status = 'on_hold' then last_paid end, case when status = 'active' then last_paid + step end,
  status = 'active' and pg_temp.chance(n, 6) < 0.04, case when status = 'cancelled' then last_paid + step end, first, last_paid
from (
  select n, ids.first, customer_id, payment_method_id, product_id, price, unit, step, last_paid, country, case which when 1 then sub_1 else sub_2 end as id,
    (case when people.state = 'ended' or (which = 2 and n % 20 = 8) then 'cancelled'
          when people.state = 'on_hold' and which = 1 then 'on_hold' else 'active' end)::subscription_status as status
  from ids join people using (n) join plans using (n) cross join generate_series(1, 2) which
  where not buys_once and (which = 1 or n % 10 = 8)
) s order by first;

-- Every third team has seats.
insert into subscription_addons (business_id, subscription_id, addon_id, quantity, unit_price)
select s.business_id, s.subscription_id, a.addon_id, 2, a.price
from subscriptions s join addons a using (business_id) join products p using (business_id, product_id)
where p.name = 'Studio Team' and hashtext(s.subscription_id) % 3 = 0;

create temp table ledger as
select a.n, a.i, a.attempt, a.failed, a.declined, a.at, a.owed_since, customer_id, payment_method_id, a.subscription > 0 as recurs,
  case a.subscription when 1 then sub_1 when 2 then sub_2 end as subscription_id, p.step,
  pg_temp.new_id('due', owed_since, a.n || '.' || owed) as dues_id, pg_temp.new_id('pay', a.at, a.n || '/' || i) as payment_id,
  case when a.subscription > 0 then p.product_id else pack.product_id end as product_id,
  case when a.subscription > 0 then p.product else pack.name end as product,
  case when a.subscription > 0 then p.price else pack.price end as price
from attempts a join ids using (n) join plans p using (n)
  cross join (select * from products where business_id = current_setting('bench.business_id') and name = 'Brush pack') pack
order by a.at;
drop table attempts;

insert into dues (business_id, dues_id, reason_key, kind, status, customer_id, subscription_id, currency, subtotal, tax, total,
  tax_inclusive, period_start, period_end, created_at, closed_at)
select current_setting('bench.business_id'), dues_id,
  case when recurs then 'renewal:' || subscription_id || ':' || owed_since else 'checkout:' || dues_id end,
  (case when recurs and i > 1 then 'renewal' else 'checkout' end)::dues_kind, (case when declined then 'open' else 'paid' end)::dues_status,
  customer_id, subscription_id, 'USD', price, price / 6, price, true, case when recurs then at end,
  case when recurs then at + step end, owed_since, case when not declined then at end
from ledger where declined or not failed;

insert into dues_lines (business_id, customer_id, dues_id, position, kind, product_id, description, quantity, unit_price, amount, tax)
select current_setting('bench.business_id'), customer_id, dues_id, 0, 'product', product_id, product, 1, price, price, price / 6
from ledger where declined or not failed;

insert into payments (business_id, payment_id, dues_id, attempt, status, applied, customer_id, subscription_id, currency, total_amount,
  tax, off_session, processor, processor_key, processor_reference, payment_method_id, payment_method, card_network, card_last_four,
  card_type, card_issuing_country, card_holder_name, error_code, error_message, billing, created_at, updated_at, settled_at)
select current_setting('bench.business_id'), payment_id, dues_id, attempt, (case when failed then 'failed' else 'succeeded' end)::payment_status,
  not failed, customer_id, subscription_id, 'USD', price, price / 6, recurs, 'sandbox', 'ptc_' || md5(payment_id), 'seeded_' || payment_id,
  payment_method_id, 'card', network, last_four, 'credit', country, name, case when failed then 'INSUFFICIENT_FUNDS' end,
  case when failed then 'The card has insufficient funds.' end,
  jsonb_build_object('country', country, 'state', null, 'city', null, 'street', null, 'zipcode', null), at, at, at
from ledger join people using (n) order by at;

insert into invoices (business_id, invoice_id, series, number, payment_id, customer_id, document, issued_at)
select business_id, pg_temp.new_id('inv', at, payment_id), 'invoice', number, payment_id, customer_id, jsonb_build_object(
  'number', number, 'issued_at', at, 'time_zone', 'UTC', 'currency', 'USD',
  'business', jsonb_build_object('name', seller.name, 'legal_name', null, 'address', '[]'::jsonb, 'country', null, 'tax_id', null, 'email', seller.email),
  'customer', jsonb_build_object('name', p.name, 'legal_name', null, 'address', '[]'::jsonb, 'country', p.country, 'tax_id', null,
    'email', 'customer' || p.n || '@example.com'),
  'lines', jsonb_build_array(jsonb_build_object('description', product, 'quantity', 1, 'unit_price', price, 'amount', price,
    'tax', price / 6, 'tax_rate', 20, 'period_start', case when recurs then at end, 'period_end', case when recurs then at + step end)),
  'subtotal', price, 'tax', price / 6, 'tax_inclusive', true, 'total', price,
  'payment', jsonb_build_object('payment_id', payment_id, 'paid_at', at, 'method', 'Visa •••• ' || last_four),
  'next_billing_date', case when recurs then at + step end), at
from (
  select *, 'LS-' || lpad(place::text, greatest(6, length(place::text)), '0') as number
  from (select *, row_number() over (order by at) as place from ledger where not failed) placed
) l join people p using (n) cross join (
  select business_id, name, email from businesses where business_id = current_setting('bench.business_id')) seller
order by at;

insert into invoice_counters (business_id, series, last_number)
select current_setting('bench.business_id'), 'invoice', count(*) from invoices;

insert into refunds (business_id, refund_id, payment_id, customer_id, reason_key, status, currency, amount, processor, processor_key,
  created_at, settled_at)
select current_setting('bench.business_id'), pg_temp.new_id('ref', at, payment_id), payment_id, customer_id, 'seeded:' || payment_id, 'succeeded', 'USD',
  case when i % 2 = 0 then price else price / 3 end, 'sandbox', 'ptc_' || md5('r' || payment_id), at + interval '2 days', at + interval '2 days'
from ledger where not failed and pg_temp.chance(n * 256 + i, 7) < 0.01 and at < now() - interval '2 days' order by at;

insert into license_keys (business_id, license_key_id, key, customer_id, product_id, payment_id, status, activations_limit,
  instances_count, created_at)
select current_setting('bench.business_id'), pg_temp.new_id('lic', at, payment_id), upper(md5('k' || payment_id)), customer_id, product_id,
  payment_id, 'active', 3, i % 3, at
from ledger where not failed and not recurs order by at;

do $$ declare definition text; begin
  for definition in select indexdef from postponed_indexes loop execute definition; end loop;
end $$;
