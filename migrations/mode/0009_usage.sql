-- Usage: what is measured, what was reported, what it adds up to for each subscription, and what it costs.

alter type line_kind add value 'meter';
alter type dues_kind add value 'usage';

create type aggregation_type as enum ('count', 'sum', 'max', 'last');

-- How a meter measures never changes once it is made; only whether it is archived.
create table meters (
  business_id text not null references businesses,
  meter_id text not null,
  name text not null,
  description text,
  event_name text not null,
  measurement_unit text not null,
  aggregation_type aggregation_type not null,
  aggregation_key text,
  filter jsonb,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, meter_id),
  check (aggregation_type = 'count' or aggregation_key is not null)
);
create index meters_by_age on meters (business_id, created_at desc, meter_id desc);
create index meters_by_event_name on meters (business_id, event_name);

-- Every event as it was reported, whether a subscription pays for it or not. The meters it matched are those of its time.
create table usage_events (
  business_id text not null,
  event_id text not null,
  customer_id text not null,
  event_name text not null,
  occurred_at timestamptz not null,
  metadata jsonb,
  meter_ids text[] not null,
  ingested_at timestamptz not null,
  primary key (business_id, event_id),
  foreign key (business_id, customer_id) references customers
);
create index usage_events_by_time on usage_events (business_id, occurred_at desc);
create index usage_events_by_customer on usage_events (business_id, customer_id, occurred_at desc);

-- What a unit costs in a product, beside its fixed price, in minor units of its currency.
create table product_meters (
  business_id text not null,
  product_id text not null,
  meter_id text not null,
  position integer not null,
  price_per_unit numeric not null check (price_per_unit > 0 and price_per_unit < 100000 and scale(price_per_unit) <= 12),
  free_threshold bigint not null check (free_threshold >= 0),
  primary key (business_id, product_id, meter_id),
  foreign key (business_id, product_id) references products,
  foreign key (business_id, meter_id) references meters
);

-- The meters of a subscription at the prices it was sold at. Whoever counts holds a share lock on the row; whoever bills, the whole one.
create table subscription_meters (
  business_id text not null,
  subscription_id text not null,
  meter_id text not null,
  position integer not null,
  price_per_unit numeric not null check (price_per_unit > 0),
  free_threshold bigint not null check (free_threshold >= 0),
  -- All usage before this moment was billed; what is reported late counts from here. Null until the subscription begins.
  billed_until timestamptz,
  -- Units of the running billing period that a change of plan has billed already.
  counted_units numeric not null default 0,
  -- The plan has this meter no more, or the subscription has ended.
  removed_at timestamptz,
  primary key (business_id, subscription_id, meter_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, meter_id) references meters
);
create index subscription_meters_by_meter on subscription_meters (business_id, meter_id);

-- Usage of a subscription added up while it is reported: one row an hour, and a new one where a billing period begins within the hour.
create table usage_rollups (
  business_id text not null,
  subscription_id text not null,
  meter_id text not null,
  bucket_start timestamptz not null,
  events bigint not null check (events > 0),
  total numeric not null,
  highest numeric not null,
  last_value numeric not null,
  last_at timestamptz not null,
  last_event_id text not null,
  primary key (business_id, subscription_id, meter_id, bucket_start),
  foreign key (business_id, subscription_id, meter_id) references subscription_meters
);

-- Usage that was billed: each stretch of time once, at the prices of its time. Free of charge, too, where the threshold was not reached.
create table usage_charges (
  business_id text not null,
  charge_id text not null,
  subscription_id text not null,
  meter_id text not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  units numeric not null,
  free_units numeric not null,
  chargeable_units numeric not null check (chargeable_units >= 0),
  price_per_unit numeric not null,
  amount bigint not null check (amount >= 0),
  -- Too little to be charged when the subscription ended.
  waived_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, charge_id),
  unique (business_id, subscription_id, meter_id, period_start),
  foreign key (business_id, subscription_id, meter_id) references subscription_meters,
  check (period_end > period_start)
);

-- A line of a meter is for time that has passed, and stands for one stretch of usage. It is owed as quantity 1 of its amount.
alter table dues_lines
  add meter_id text,
  add charge_id text,
  add units numeric,
  add price_per_unit numeric,
  add period_start timestamptz,
  add period_end timestamptz;
alter table dues_lines
  add foreign key (business_id, meter_id) references meters,
  add foreign key (business_id, charge_id) references usage_charges,
  add check ((kind::text = 'meter') = (meter_id is not null)),
  add check ((meter_id is null) = (charge_id is null)),
  add check ((meter_id is null) = (units is null)),
  add check ((meter_id is null) = (price_per_unit is null));
create index dues_lines_by_charge on dues_lines (business_id, charge_id) where charge_id is not null;

-- The meters of a plan at the prices shown when it was chosen.
alter table plan_changes add meters jsonb not null default '[]';
