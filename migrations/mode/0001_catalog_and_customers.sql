-- What is sold and to whom. Every table carries business_id first, so that the database itself refuses a reference across businesses.

create type time_interval as enum ('Day', 'Week', 'Month', 'Year');
create type price_type as enum ('one_time_price', 'recurring_price', 'usage_based_price');
create type tax_category as enum ('digital_products', 'saas', 'e_book', 'edtech', 'live_tutoring');

-- Test mode only: how far a business's own time is ahead of wall time. It never shrinks.
create table test_clocks (
  business_id text primary key references businesses,
  offset_ms bigint not null
);

create table business_settings (
  business_id text primary key references businesses,
  return_url text,
  allow_multiple_subscriptions boolean not null default true,
  allow_subscription_updates boolean not null default false,
  allow_subscription_cancellation boolean not null default true,
  allow_cancellation_at_next_billing_date boolean not null default true
);

create table customers (
  business_id text not null references businesses,
  customer_id text not null,
  email text not null,
  email_key text not null generated always as (lower(btrim(email))) stored,
  name text not null,
  phone_number text,
  locale text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, customer_id)
);
create index customers_by_email on customers (business_id, email_key);
create index customers_by_age on customers (business_id, created_at desc, customer_id desc);

create table products (
  business_id text not null references businesses,
  product_id text not null,
  name text not null,
  description text,
  image text,
  tax_category tax_category not null,
  price_type price_type not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  price bigint not null check (price between 0 and 1000000000000),
  discount_bps integer not null default 0 check (discount_bps between 0 and 10000),
  tax_inclusive boolean not null default false,
  pay_what_you_want boolean not null default false,
  suggested_price bigint check (suggested_price between 0 and 1000000000000),
  payment_frequency_count integer check (payment_frequency_count > 0),
  payment_frequency_interval time_interval,
  subscription_period_count integer check (subscription_period_count > 0),
  subscription_period_interval time_interval,
  trial_period_days integer not null default 0 check (trial_period_days between 0 and 10000),
  license_key_enabled boolean not null default false,
  license_key_activations_limit integer check (license_key_activations_limit > 0),
  license_key_activation_message text,
  license_key_duration_count integer check (license_key_duration_count > 0),
  license_key_duration_interval time_interval,
  metadata jsonb not null default '{}',
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, product_id),
  check ((price_type = 'one_time_price') = (payment_frequency_count is null)),
  check ((payment_frequency_count is null) = (payment_frequency_interval is null)),
  check ((payment_frequency_count is null) = (subscription_period_count is null)),
  check ((subscription_period_count is null) = (subscription_period_interval is null)),
  check ((license_key_duration_count is null) = (license_key_duration_interval is null))
);
create index products_by_age on products (business_id, created_at desc, product_id desc);

create table addons (
  business_id text not null references businesses,
  addon_id text not null,
  name text not null,
  description text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  price bigint not null check (price between 0 and 1000000000000),
  tax_category tax_category not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, addon_id)
);

create table product_addons (
  business_id text not null,
  product_id text not null,
  addon_id text not null,
  primary key (business_id, product_id, addon_id),
  foreign key (business_id, product_id) references products,
  foreign key (business_id, addon_id) references addons
);

create table product_collections (
  business_id text not null references businesses,
  product_collection_id text not null,
  name text not null,
  description text,
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, product_collection_id)
);

create table product_collection_groups (
  business_id text not null,
  group_id uuid not null,
  product_collection_id text not null,
  group_name text,
  position integer not null,
  primary key (business_id, group_id),
  foreign key (business_id, product_collection_id) references product_collections
);

-- One product belongs to at most one collection.
create table product_collection_items (
  business_id text not null,
  item_id uuid not null,
  group_id uuid not null,
  product_id text not null,
  position integer not null,
  enabled boolean not null default true,
  primary key (business_id, item_id),
  unique (business_id, product_id),
  foreign key (business_id, group_id) references product_collection_groups,
  foreign key (business_id, product_id) references products
);
