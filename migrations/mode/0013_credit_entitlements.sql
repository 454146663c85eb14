-- Credits: units a product grants for each period or purchase, what a customer holds of them, and what was used beyond.

create type overage_behavior as enum ('forgive_at_reset', 'invoice_at_billing', 'carry_deficit', 'carry_deficit_auto_repay');
create type credit_source as enum ('subscription', 'one_time', 'addon', 'api', 'rollover');
create type credit_transaction_type as enum
  ('credit_added', 'credit_deducted', 'credit_expired', 'credit_rolled_over', 'rollover_forfeited', 'overage_charged',
   'overage_reset', 'auto_top_up', 'manual_adjustment', 'refund');

alter type line_kind add value 'overage';

create table credit_entitlements (
  business_id text not null references businesses,
  credit_entitlement_id text not null,
  name text not null,
  description text,
  unit text not null,
  -- Decimal places that amounts may have.
  precision integer not null check (precision between 0 and 10),
  currency text,
  -- Minor units of the currency, as a decimal.
  price_per_unit numeric check (price_per_unit > 0),
  expires_after_days integer check (expires_after_days > 0),
  rollover_enabled boolean not null,
  rollover_percentage integer check (rollover_percentage between 0 and 100),
  rollover_timeframe_count integer check (rollover_timeframe_count > 0),
  rollover_timeframe_interval time_interval,
  max_rollover_count integer check (max_rollover_count >= 0),
  overage_enabled boolean not null,
  overage_limit bigint check (overage_limit >= 0),
  overage_behavior overage_behavior not null,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, credit_entitlement_id),
  check (price_per_unit is null or currency is not null),
  check ((rollover_timeframe_count is null) = (rollover_timeframe_interval is null))
);
create index credit_entitlements_by_age on credit_entitlements (business_id, created_at desc, credit_entitlement_id desc);

-- What a product grants, and on what terms: those of the entitlement where the product does not say.
create table product_credits (
  business_id text not null,
  product_id text not null,
  credit_entitlement_id text not null,
  mapping_id text not null,
  position integer not null,
  terms jsonb not null,
  primary key (business_id, product_id, credit_entitlement_id),
  foreign key (business_id, product_id) references products,
  foreign key (business_id, credit_entitlement_id) references credit_entitlements
);

-- The terms a running subscription keeps, for its whole quantity; another plan brings others.
create table subscription_credits (
  business_id text not null,
  subscription_id text not null,
  credit_entitlement_id text not null,
  product_id text not null,
  terms jsonb not null,
  -- The amount of a period that the running one was given for; a change of plan gives what it lacks.
  given numeric not null default 0 check (given >= 0),
  -- The plan no longer grants it, or the subscription has ended.
  removed_at timestamptz,
  primary key (business_id, subscription_id, credit_entitlement_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, product_id) references products,
  foreign key (business_id, credit_entitlement_id) references credit_entitlements
);

create table credit_balances (
  business_id text not null,
  credit_entitlement_id text not null,
  customer_id text not null,
  balance_id text not null,
  -- Always the sum of what is left of the grants.
  balance numeric not null check (balance >= 0),
  -- Used beyond what was granted.
  overage numeric not null check (overage >= 0),
  last_transaction_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, credit_entitlement_id, customer_id),
  foreign key (business_id, credit_entitlement_id) references credit_entitlements,
  foreign key (business_id, customer_id) references customers
);
create index credit_balances_by_customer on credit_balances (business_id, customer_id);

create table credit_grants (
  business_id text not null,
  grant_id text not null,
  credit_entitlement_id text not null,
  customer_id text not null,
  subscription_id text,
  source_type credit_source not null,
  source_id text,
  reason_key text not null,
  initial_amount numeric not null check (initial_amount > 0),
  remaining_amount numeric not null check (remaining_amount between 0 and initial_amount),
  -- What is left at the next billing date rolls over or lapses.
  ends_with_cycle boolean not null,
  expires_at timestamptz,
  -- When the worker lets it expire; null once nothing is left of it.
  due_at timestamptz,
  rollover_count integer not null default 0,
  parent_grant_id text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, grant_id),
  unique (business_id, reason_key),
  foreign key (business_id, credit_entitlement_id, customer_id) references credit_balances,
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, parent_grant_id) references credit_grants,
  check (due_at is null or remaining_amount > 0)
);
create index credit_grants_by_balance on credit_grants (business_id, credit_entitlement_id, customer_id, created_at desc);
create index credit_grants_by_subscription on credit_grants (business_id, subscription_id)
  where subscription_id is not null and remaining_amount > 0;
create index credit_grants_due on credit_grants (due_at) where due_at is not null;
create index credit_grants_due_by_business on credit_grants (business_id, due_at) where due_at is not null;

-- Every movement of a balance. Rows are only ever added.
create table credit_ledger_entries (
  business_id text not null,
  entry_id text not null,
  credit_entitlement_id text not null,
  customer_id text not null,
  transaction_type credit_transaction_type not null,
  amount numeric not null check (amount > 0),
  is_credit boolean not null,
  balance_before numeric not null,
  balance_after numeric not null,
  overage_before numeric not null,
  overage_after numeric not null,
  grant_id text,
  reference_type text,
  reference_id text,
  description text,
  metadata jsonb not null default '{}',
  -- Says why, where the same thing must not be written twice.
  reason_key text,
  created_at timestamptz not null,
  primary key (business_id, entry_id),
  unique (business_id, reason_key),
  foreign key (business_id, credit_entitlement_id, customer_id) references credit_balances,
  foreign key (business_id, grant_id) references credit_grants
);
create index credit_ledger_entries_by_balance
  on credit_ledger_entries (business_id, credit_entitlement_id, customer_id, created_at desc, entry_id desc);

-- Overage that dues ask for: it is off the balance once they are paid.
create table overage_charges (
  business_id text not null,
  dues_id text not null,
  credit_entitlement_id text not null,
  customer_id text not null,
  units numeric not null check (units > 0),
  amount bigint not null check (amount >= 0),
  primary key (business_id, dues_id, credit_entitlement_id),
  foreign key (business_id, dues_id) references dues,
  foreign key (business_id, credit_entitlement_id, customer_id) references credit_balances
);
create index overage_charges_by_balance on overage_charges (business_id, credit_entitlement_id, customer_id);
