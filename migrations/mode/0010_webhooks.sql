-- Webhooks to merchants: where they are sent, and what became of each event at each address.

create type webhook_delivery_status as enum ('pending', 'succeeded', 'failed');

create table webhook_endpoints (
  business_id text not null references businesses,
  webhook_id text not null,
  url text not null,
  description text not null default '',
  -- Null: every type.
  filter_types text[] check (cardinality(filter_types) > 0),
  metadata jsonb not null default '{}',
  -- Requests a second; null or 0: as fast as it answers.
  rate_limit integer check (rate_limit >= 0),
  disabled boolean not null default false,
  -- Encrypted by SECRET_KEY, like the headers the merchant wants sent along, which may hold keys.
  secret text not null,
  previous_secret text,
  previous_secret_until timestamptz,
  headers text,
  idempotency_key text,
  -- The first attempt that failed since the last that succeeded.
  failing_since timestamptz,
  -- When the worker has something to send there; null where nothing waits.
  next_attempt_at timestamptz,
  -- The rate limit lets nothing out before.
  paced_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, webhook_id),
  unique (business_id, idempotency_key),
  check ((previous_secret is null) = (previous_secret_until is null)),
  check (not disabled or next_attempt_at is null)
);
create index webhook_endpoints_due on webhook_endpoints (next_attempt_at) where next_attempt_at is not null;

-- One event for one endpoint, however often it is tried or replayed.
create table webhook_deliveries (
  business_id text not null,
  delivery_id text not null,
  webhook_id text not null,
  event_id text not null,
  status webhook_delivery_status not null,
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz,
  first_attempt_at timestamptz,
  last_attempt_at timestamptz,
  status_code integer,
  -- The first kilobyte of the last answer.
  response text,
  last_error text,
  created_at timestamptz not null,
  primary key (business_id, delivery_id),
  unique (business_id, webhook_id, event_id),
  foreign key (business_id, webhook_id) references webhook_endpoints,
  foreign key (business_id, event_id) references events,
  check ((status = 'pending') = (next_attempt_at is not null))
);
create index webhook_deliveries_to_send on webhook_deliveries (business_id, webhook_id, next_attempt_at)
  where next_attempt_at is not null;
create index webhook_deliveries_by_age on webhook_deliveries (business_id, webhook_id, delivery_id desc);
create index webhook_deliveries_by_event on webhook_deliveries (business_id, event_id);
