-- The merchant's tax table, discount codes, and what both leave on the lines of an invoice.

create type discount_type as enum ('percentage', 'flat');
create type customer_eligibility as enum ('any', 'first_time', 'existing', 'specific');
create type redemption_status as enum ('reserved', 'used', 'released');

-- The most specific row that is in effect on the first day of a period wins.
create table tax_rates (
  business_id text not null references businesses,
  tax_rate_id text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- Null: everywhere in the country. Else as buyers write their state, in upper case.
  region text check (region = upper(btrim(region)) and region <> ''),
  -- Null: whatever is sold.
  tax_category tax_category,
  name text not null,
  -- Per cent.
  rate numeric not null check (rate between 0 and 100 and scale(rate) <= 4),
  effective_from date not null,
  created_at timestamptz not null,
  primary key (business_id, tax_rate_id),
  unique nulls not distinct (business_id, country, region, tax_category, effective_from)
);

create table discounts (
  business_id text not null references businesses,
  discount_id text not null,
  code text not null check (code = upper(code)),
  name text,
  type discount_type not null,
  -- Basis points of a percentage; what a flat one takes stands in its currency options.
  amount integer not null check (amount > 0 and (type = 'flat' or amount <= 10000)),
  customer_eligibility customer_eligibility not null default 'any',
  usage_limit integer check (usage_limit > 0),
  per_customer_usage_limit integer check (per_customer_usage_limit > 0),
  -- Reserved and used redemptions.
  times_used integer not null default 0 check (times_used >= 0),
  subscription_cycles integer check (subscription_cycles > 0),
  preserve_on_plan_change boolean not null default false,
  starts_at timestamptz,
  expires_at timestamptz,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Subscriptions that have it keep it.
  deleted_at timestamptz,
  primary key (business_id, discount_id),
  check (starts_at < expires_at),
  check (per_customer_usage_limit <= usage_limit)
);
create unique index discounts_by_code on discounts (business_id, code) where deleted_at is null;
create index discounts_by_age on discounts (business_id, created_at desc, discount_id desc);

create table discount_products (
  business_id text not null,
  discount_id text not null,
  product_id text not null,
  primary key (business_id, discount_id, product_id),
  foreign key (business_id, discount_id) references discounts,
  foreign key (business_id, product_id) references products
);

create table discount_currency_options (
  business_id text not null,
  discount_id text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  is_default boolean not null default false,
  minimum_subtotal bigint not null default 0 check (minimum_subtotal >= 0),
  -- What a flat discount takes, the most a percentage takes.
  max_amount_possible bigint check (max_amount_possible > 0),
  primary key (business_id, discount_id, currency),
  foreign key (business_id, discount_id) references discounts
);
create unique index discount_currency_options_one_default on discount_currency_options (business_id, discount_id)
  where is_default;

-- Who may redeem a discount that is for specific customers.
create table discount_customers (
  business_id text not null,
  discount_id text not null,
  customer_id text not null,
  created_at timestamptz not null,
  primary key (business_id, discount_id, customer_id),
  foreign key (business_id, discount_id) references discounts,
  foreign key (business_id, customer_id) references customers
);

-- Reserved when an attempt opens, used when it is paid, released when it fails. One row per reason, however often it is tried.
create table discount_redemptions (
  business_id text not null,
  discount_id text not null,
  reason_key text not null,
  customer_id text not null,
  subscription_id text,
  status redemption_status not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, discount_id, reason_key),
  foreign key (business_id, discount_id) references discounts,
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, subscription_id) references subscriptions
);
create index discount_redemptions_by_customer on discount_redemptions (business_id, discount_id, customer_id);
create index discount_redemptions_by_reason on discount_redemptions (business_id, reason_key);

-- What a subscription is discounted by, in order, at the terms it was redeemed with.
create table subscription_discounts (
  business_id text not null,
  subscription_id text not null,
  position integer not null check (position between 0 and 19),
  discount_id text not null,
  terms jsonb not null,
  -- Whole periods that are still to be paid with it; null: all.
  cycles_remaining integer check (cycles_remaining > 0),
  primary key (business_id, subscription_id, position),
  unique (business_id, subscription_id, discount_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, discount_id) references discounts
);
create index subscription_discounts_by_discount on subscription_discounts (business_id, discount_id);

-- Exclusive tax is added to the subtotal, inclusive tax is a part of it. Credit for what was taxed otherwise can turn either negative.
alter table dues
  add tax_added bigint not null default 0,
  add reverse_charge boolean not null default false;
update dues set tax_added = tax where not tax_inclusive;
alter table dues
  drop constraint dues_check1,
  drop constraint dues_subtotal_check,
  drop constraint dues_tax_check,
  add constraint dues_total_is_subtotal_and_tax check (total = subtotal + tax_added);
alter table payments drop constraint payments_tax_check;

-- amount: after discounts, before exclusive tax.
alter table dues_lines
  add discount bigint not null default 0 check (discount >= 0),
  add tax_inclusive boolean not null default false,
  add tax_name text;
update dues_lines l set tax_inclusive = true from dues d
 where d.business_id = l.business_id and d.dues_id = l.dues_id and d.tax_inclusive;

-- What each discount took of the dues.
create table dues_discounts (
  business_id text not null,
  dues_id text not null,
  position integer not null check (position between 0 and 19),
  discount_id text not null,
  code text not null,
  amount bigint not null check (amount >= 0),
  -- Paying these dues pays a whole period with it.
  uses_cycle boolean not null default false,
  primary key (business_id, dues_id, position),
  foreign key (business_id, dues_id) references dues,
  foreign key (business_id, discount_id) references discounts
);

alter table period_values
  add tax bigint not null default 0 check (tax between 0 and amount),
  add tax_rate numeric,
  add tax_name text,
  add tax_inclusive boolean not null default false;
update period_values v set tax_inclusive = true from subscriptions s
 where s.business_id = v.business_id and s.subscription_id = v.subscription_id and s.tax_inclusive;

-- What the new plan is discounted by, at the terms shown then.
alter table plan_changes add discounts jsonb not null default '[]';
update plan_changes c
   set period_values = (
     select jsonb_agg(jsonb_build_object('gross', v.amount, 'tax', 0, 'tax_rate', null, 'tax_name', null,
                                         'tax_inclusive', c.tax_inclusive) order by v.position)
       from jsonb_array_elements(c.period_values) with ordinality v (amount, position))
 where jsonb_array_length(c.period_values) > 0;

alter table checkout_sessions
  add discount_codes text[] not null default '{}',
  add allow_discount_code boolean not null default true,
  add tax_id text,
  add customer_business_name text;
