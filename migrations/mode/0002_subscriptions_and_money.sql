-- Subscriptions, what is owed (dues), the attempts to collect it (payments), and the invoices that freeze what was paid.

create type subscription_status as enum ('pending', 'active', 'past_due', 'on_hold', 'paused', 'cancelled', 'failed', 'expired');
create type cancellation_feedback as enum
  ('too_expensive', 'missing_features', 'switched_service', 'unused', 'customer_service', 'low_quality', 'too_complex', 'other');
create type cancel_reason as enum
  ('cancelled_by_customer', 'cancelled_by_merchant', 'cancelled_by_merchant_send_dunning',
   'cancelled_by_merchant_grace_period_expired', 'dodo_team');
create type payment_status as enum ('processing', 'requires_customer_action', 'succeeded', 'failed', 'cancelled');
create type payment_method_type as enum ('card', 'upi');
create type dues_kind as enum ('checkout', 'renewal');
create type dues_status as enum ('open', 'paid', 'void');
create type line_kind as enum ('product', 'addon');
create type period_kind as enum ('trial', 'paid');
create type refund_status as enum ('pending', 'succeeded', 'failed');
create type setup_status as enum ('processing', 'requires_customer_action', 'succeeded', 'failed', 'cancelled');
create type license_key_status as enum ('active', 'expired', 'disabled');

create table payment_methods (
  business_id text not null,
  payment_method_id text not null,
  customer_id text not null,
  processor text not null,
  processor_reference text not null,
  type payment_method_type not null,
  card_network text,
  card_last_four text check (card_last_four ~ '^[0-9]{4}$'),
  card_issuing_country text,
  card_type text,
  card_holder_name text,
  expiry_month integer check (expiry_month between 1 and 12),
  expiry_year integer,
  display text,
  is_default boolean not null default false,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (business_id, payment_method_id),
  unique (business_id, processor, processor_reference),
  foreign key (business_id, customer_id) references customers
);
create index payment_methods_by_customer on payment_methods (business_id, customer_id);
create unique index payment_methods_one_default on payment_methods (business_id, customer_id)
  where is_default and removed_at is null;

create table checkout_sessions (
  business_id text not null references businesses,
  checkout_id text not null unique,
  product_cart jsonb not null,
  currency text not null,
  customer_id text,
  customer_email text,
  customer_name text,
  customer_phone_number text,
  billing jsonb,
  return_url text,
  cancel_url text,
  trial_period_days integer check (trial_period_days between 0 and 10000),
  force_language text,
  metadata jsonb not null default '{}',
  subscription_id text,
  consumed_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (business_id, checkout_id),
  foreign key (business_id, customer_id) references customers
);

create table subscriptions (
  business_id text not null,
  subscription_id text not null,
  customer_id text not null,
  product_id text not null,
  checkout_id text,
  status subscription_status not null,
  quantity integer not null check (quantity > 0),
  currency text not null,
  unit_price bigint not null check (unit_price >= 0),
  recurring_pre_tax_amount bigint not null check (recurring_pre_tax_amount >= 0),
  tax_inclusive boolean not null,
  payment_frequency_count integer not null check (payment_frequency_count > 0),
  payment_frequency_interval time_interval not null,
  subscription_period_count integer not null check (subscription_period_count > 0),
  subscription_period_interval time_interval not null,
  trial_period_days integer not null default 0,
  on_demand boolean not null default false,
  payment_method_id text,
  billing jsonb not null,
  customer_business_name text,
  tax_id text,
  metadata jsonb not null default '{}',
  -- Period n begins at anchor + n × frequency; the current one is period_number, −1 during a trial.
  anchor timestamptz,
  period_number integer not null default 0 check (period_number >= -1),
  previous_billing_date timestamptz,
  next_billing_date timestamptz,
  expires_at timestamptz,
  on_hold_at timestamptz,
  -- When the worker next has to act: the next billing date, or later where missed periods are caught up; null where nothing is due.
  next_attempt_at timestamptz,
  cancel_at_next_billing_date boolean not null default false,
  cancel_reason cancel_reason,
  cancellation_feedback cancellation_feedback,
  cancellation_comment text,
  cancelled_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, subscription_id),
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, product_id) references products,
  foreign key (business_id, payment_method_id) references payment_methods,
  foreign key (business_id, checkout_id) references checkout_sessions,
  check (status <> 'active' or (anchor is not null and next_billing_date is not null)),
  check (next_attempt_at is null or status = 'active'),
  check ((status = 'cancelled') = (cancelled_at is not null))
);
create index subscriptions_by_customer on subscriptions (business_id, customer_id);
create index subscriptions_by_age on subscriptions (business_id, created_at desc, subscription_id desc);
create index subscriptions_due on subscriptions (next_attempt_at) where next_attempt_at is not null;
create index subscriptions_due_by_business on subscriptions (business_id, next_attempt_at) where next_attempt_at is not null;

alter table checkout_sessions
  add foreign key (business_id, subscription_id) references subscriptions deferrable initially deferred;

create table subscription_addons (
  business_id text not null,
  subscription_id text not null,
  addon_id text not null,
  quantity integer not null check (quantity > 0),
  unit_price bigint not null check (unit_price >= 0),
  primary key (business_id, subscription_id, addon_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, addon_id) references addons
);

-- What is owed. reason_key is deterministic, so that the same thing is never owed twice.
create table dues (
  business_id text not null,
  dues_id text not null,
  reason_key text not null,
  kind dues_kind not null,
  status dues_status not null,
  customer_id text not null,
  subscription_id text,
  checkout_id text,
  currency text not null,
  subtotal bigint not null check (subtotal >= 0),
  tax bigint not null check (tax >= 0),
  total bigint not null check (total >= 0),
  tax_inclusive boolean not null,
  period_start timestamptz,
  period_end timestamptz,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (business_id, dues_id),
  unique (business_id, reason_key),
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, checkout_id) references checkout_sessions,
  check ((status = 'open') = (closed_at is null)),
  check (total = subtotal + case when tax_inclusive then 0 else tax end)
);
create index dues_by_subscription on dues (business_id, subscription_id) where subscription_id is not null;
create index dues_open_by_customer on dues (business_id, customer_id) where status = 'open';

create table dues_lines (
  business_id text not null,
  dues_id text not null,
  position integer not null,
  kind line_kind not null,
  product_id text,
  addon_id text,
  description text not null,
  quantity integer not null check (quantity > 0),
  unit_price bigint not null,
  amount bigint not null,
  tax bigint not null,
  tax_rate numeric,
  primary key (business_id, dues_id, position),
  foreign key (business_id, dues_id) references dues,
  foreign key (business_id, product_id) references products,
  foreign key (business_id, addon_id) references addons,
  check ((kind = 'product') = (product_id is not null)),
  check ((kind = 'addon') = (addon_id is not null))
);

-- Attempts to collect dues: at most one is applied.
create table payments (
  business_id text not null,
  payment_id text not null,
  dues_id text not null,
  attempt integer not null check (attempt > 0),
  status payment_status not null,
  applied boolean not null default false,
  customer_id text not null,
  subscription_id text,
  checkout_id text,
  currency text not null,
  total_amount bigint not null check (total_amount >= 0),
  tax bigint not null check (tax >= 0),
  off_session boolean not null,
  processor text,
  processor_key text not null,
  processor_reference text,
  action_url text,
  payment_method_id text,
  payment_method payment_method_type,
  card_network text,
  card_last_four text,
  card_type text,
  card_issuing_country text,
  card_holder_name text,
  error_code text,
  error_message text,
  billing jsonb not null,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  settled_at timestamptz,
  unknown_since timestamptz,
  -- Wall time at which reconciling asks the processor; null once settled.
  next_check_at timestamptz,
  needs_attention boolean not null default false,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, payment_id),
  unique (business_id, dues_id, attempt),
  unique (business_id, processor_key),
  foreign key (business_id, dues_id) references dues,
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, payment_method_id) references payment_methods,
  check (not applied or status = 'succeeded'),
  check ((status in ('processing', 'requires_customer_action')) = (settled_at is null)),
  check (settled_at is null or next_check_at is null)
);
create unique index payments_one_applied on payments (business_id, dues_id) where applied;
create unique index payments_one_open on payments (business_id, dues_id) where settled_at is null;
create index payments_by_customer on payments (business_id, customer_id, created_at desc, payment_id desc);
create index payments_by_subscription on payments (business_id, subscription_id, created_at desc) where subscription_id is not null;
create index payments_by_age on payments (business_id, created_at desc, payment_id desc);
create index payments_to_check on payments (next_check_at) where next_check_at is not null;

create table subscription_periods (
  business_id text not null,
  subscription_id text not null,
  period_start timestamptz not null,
  period_end timestamptz not null check (period_end > period_start),
  kind period_kind not null,
  dues_id text,
  primary key (business_id, subscription_id, period_start),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, dues_id) references dues
);

create table refunds (
  business_id text not null,
  refund_id text not null,
  payment_id text not null,
  -- Says why this refund exists, so that the same thing is never given back twice.
  reason_key text not null,
  status refund_status not null,
  currency text not null,
  amount bigint not null check (amount > 0),
  reason text,
  processor text not null,
  processor_key text not null,
  processor_reference text,
  error_message text,
  created_at timestamptz not null,
  settled_at timestamptz,
  unknown_since timestamptz,
  next_check_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, refund_id),
  unique (business_id, reason_key),
  unique (business_id, processor_key),
  foreign key (business_id, payment_id) references payments,
  check ((status = 'pending') = (settled_at is null))
);
create index refunds_by_payment on refunds (business_id, payment_id);
create index refunds_to_check on refunds (next_check_at) where next_check_at is not null;

-- A person saving a method on the processor's page without paying.
create table method_setups (
  business_id text not null,
  setup_id text not null,
  customer_id text not null,
  subscription_id text,
  checkout_id text,
  status setup_status not null,
  processor text not null,
  processor_key text not null,
  processor_reference text,
  action_url text,
  payment_method_id text,
  error_code text,
  created_at timestamptz not null,
  settled_at timestamptz,
  unknown_since timestamptz,
  next_check_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, setup_id),
  unique (business_id, processor_key),
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, checkout_id) references checkout_sessions,
  foreign key (business_id, payment_method_id) references payment_methods,
  check ((status in ('processing', 'requires_customer_action')) = (settled_at is null))
);
create unique index method_setups_one_open on method_setups (business_id, checkout_id) where settled_at is null;
create index method_setups_to_check on method_setups (next_check_at) where next_check_at is not null;

-- The next number of each series; taken as the last statement of settling, so that no number is lost.
create table invoice_counters (
  business_id text not null references businesses,
  series text not null,
  last_number bigint not null,
  primary key (business_id, series)
);

create table invoices (
  business_id text not null,
  invoice_id text not null,
  series text not null,
  number text not null,
  payment_id text not null,
  customer_id text not null,
  document jsonb not null,
  issued_at timestamptz not null,
  primary key (business_id, invoice_id),
  unique (business_id, number),
  unique (business_id, series, payment_id),
  foreign key (business_id, payment_id) references payments,
  foreign key (business_id, customer_id) references customers
);

create table license_keys (
  business_id text not null,
  license_key_id text not null,
  key text not null unique,
  customer_id text not null,
  product_id text not null,
  payment_id text,
  subscription_id text,
  status license_key_status not null,
  activations_limit integer check (activations_limit > 0),
  instances_count integer not null default 0 check (instances_count >= 0),
  expires_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, license_key_id),
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, product_id) references products,
  foreign key (business_id, payment_id) references payments,
  foreign key (business_id, subscription_id) references subscriptions,
  check (activations_limit is null or instances_count <= activations_limit)
);
create index license_keys_by_customer on license_keys (business_id, customer_id);
create index license_keys_by_payment on license_keys (business_id, payment_id) where payment_id is not null;
create index license_keys_by_subscription on license_keys (business_id, subscription_id) where subscription_id is not null;
