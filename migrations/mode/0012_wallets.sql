-- A customer's wallets, one for each currency, and amounts too small to be charged that wait for the next invoice.

create type wallet_event_type as enum
  ('payment', 'payment_reversal', 'refund', 'refund_reversal', 'dispute', 'dispute_reversal', 'merchant_adjustment');

create table wallets (
  business_id text not null,
  customer_id text not null,
  currency text not null,
  -- Always the sum of the wallet's entries.
  balance bigint not null check (balance >= 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, customer_id, currency),
  foreign key (business_id, customer_id) references customers
);

-- Rows are only ever added.
create table wallet_entries (
  business_id text not null,
  entry_id text not null,
  customer_id text not null,
  currency text not null,
  -- Positive where the wallet gains, negative where it pays.
  amount bigint not null check (amount <> 0),
  before_balance bigint not null check (before_balance >= 0),
  after_balance bigint not null check (after_balance >= 0),
  event_type wallet_event_type not null,
  -- Says why, so that the same thing is never paid in or taken twice.
  reason_key text not null,
  reason text,
  -- Where it was taken for dues, or released again.
  dues_id text,
  reference_object_id text,
  created_at timestamptz not null,
  primary key (business_id, entry_id),
  unique (business_id, reason_key),
  foreign key (business_id, customer_id, currency) references wallets,
  foreign key (business_id, dues_id) references dues,
  check (after_balance = before_balance + amount)
);
create index wallet_entries_by_customer on wallet_entries (business_id, customer_id, created_at desc, entry_id desc);
create index wallet_entries_by_dues on wallet_entries (business_id, dues_id) where dues_id is not null;

-- The part of the dues that the customer's wallet pays, after the subscription's credit.
alter table dues add wallet_applied bigint not null default 0 check (wallet_applied >= 0);
alter table dues add check (credit_applied + wallet_applied <= total);
create index credit_entries_by_dues on credit_entries (business_id, dues_id) where dues_id is not null;

-- A line that takes an amount out of an invoice because it is too small to be charged, or brings it into the next one.
alter type line_kind add value 'carried';

create table carried_amounts (
  business_id text not null,
  -- The dues that were too small, and the amount's place among what they carried: one for each rate of tax.
  dues_id text not null,
  position integer not null,
  subscription_id text not null,
  amount bigint not null,
  tax bigint not null,
  tax_rate numeric,
  tax_inclusive boolean not null,
  -- The dues that hold it as a line; void ones give it back.
  into_dues_id text,
  -- The subscription ended first.
  waived_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, dues_id, position),
  foreign key (business_id, dues_id) references dues,
  foreign key (business_id, into_dues_id) references dues,
  foreign key (business_id, subscription_id) references subscriptions
);
create index carried_amounts_by_subscription on carried_amounts (business_id, subscription_id) where waived_at is null;
