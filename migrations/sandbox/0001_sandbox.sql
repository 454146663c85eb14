-- The books of the simulated payment processor. Money that moved is a row of captures or refunds; a card's number is never stored.

create type method_type as enum ('card', 'upi');
create type method_status as enum ('pending', 'single_use', 'attached', 'removed');
create type intent_kind as enum ('charge', 'payment_page', 'setup_page');
create type intent_status as enum ('open', 'succeeded', 'declined', 'lost');
create type try_outcome as enum ('succeeded', 'declined', 'challenge');
create type refund_status as enum ('succeeded', 'declined');
create type hook_kind as enum ('payment', 'refund', 'setup');

create table methods (
  business_id text not null,
  method_id text not null,
  customer_id text not null,
  type method_type not null,
  status method_status not null,
  -- What a charge without the person does: 'succeeds', 'times_out_captured', 'times_out_lost' or a decline code.
  off_session text not null,
  card_network text,
  card_last_four text check (card_last_four ~ '^[0-9]{4}$'),
  card_issuing_country text,
  card_type text,
  card_holder_name text,
  expiry_month integer check (expiry_month between 1 and 12),
  expiry_year integer,
  upi_id text,
  created_at timestamptz not null,
  primary key (business_id, method_id),
  check ((type = 'card') = (card_last_four is not null)),
  check ((type = 'upi') = (upi_id is not null))
);

-- One row per key for ever: what was asked under it and what became of it.
-- 'lost' is a request that never reached these books, kept only so that the second one does.
create table intents (
  business_id text not null,
  key text not null,
  intent_id text not null,
  kind intent_kind not null,
  status intent_status not null,
  amount bigint not null check (amount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  customer_id text not null,
  description text not null,
  method_id text,
  -- Why the last try failed; final once the status is 'declined'.
  decline_code text,
  created_at timestamptz not null,
  decided_at timestamptz,
  primary key (business_id, key),
  unique (business_id, intent_id),
  foreign key (business_id, method_id) references methods,
  check ((status in ('succeeded', 'declined')) = (decided_at is not null)),
  check (status <> 'declined' or decline_code is not null)
);

create table pages (
  business_id text not null,
  page_id text not null unique,
  key text not null,
  business_name text not null,
  customer_name text not null,
  country text,
  return_url text not null,
  save_method boolean not null,
  primary key (business_id, page_id),
  unique (business_id, key),
  foreign key (business_id, key) references intents
);

create table tries (
  business_id text not null,
  key text not null,
  try_number integer not null check (try_number > 0),
  outcome try_outcome not null,
  decline_code text,
  method_id text,
  card_last_four text check (card_last_four ~ '^[0-9]{4}$'),
  created_at timestamptz not null,
  primary key (business_id, key, try_number),
  foreign key (business_id, key) references intents,
  foreign key (business_id, method_id) references methods,
  check ((outcome = 'declined') = (decline_code is not null))
);

create table captures (
  business_id text not null,
  key text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  refunded_amount bigint not null default 0,
  captured_at timestamptz not null,
  primary key (business_id, key),
  foreign key (business_id, key) references intents,
  check (refunded_amount between 0 and amount)
);

create table refunds (
  business_id text not null,
  key text not null,
  refund_id text not null,
  payment_key text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  status refund_status not null,
  message text,
  created_at timestamptz not null,
  primary key (business_id, key),
  unique (business_id, refund_id),
  foreign key (business_id, payment_key) references captures
);
create index refunds_by_payment on refunds (business_id, payment_key);

create table hook_events (
  business_id text not null,
  event_id text not null,
  kind hook_kind not null,
  key text not null,
  created_at timestamptz not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  delivered_at timestamptz,
  primary key (business_id, event_id)
);
create index hook_events_due on hook_events (next_attempt_at) where delivered_at is null;
