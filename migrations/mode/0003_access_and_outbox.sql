-- Who may come in, what happened, and what is still to be sent.

create type link_purpose as enum ('invite', 'sign_in');
create type event_audience as enum ('merchant', 'internal');
create type email_status as enum ('queued', 'sent', 'failed');

-- "Send me a link": written alike for known and unknown addresses; the worker looks the address up.
create table sign_in_requests (
  business_id text not null references businesses,
  request_id text not null,
  email text not null,
  email_key text not null generated always as (lower(btrim(email))) stored,
  locale text not null,
  -- Hash of the cookie of the browser that asked; the code works only there.
  flow_hash bytea not null,
  return_path text,
  code_tries integer not null default 0 check (code_tries between 0 and 5),
  created_at timestamptz not null,
  answered_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, request_id)
);
create index sign_in_requests_by_flow on sign_in_requests (business_id, flow_hash, created_at desc);
create index sign_in_requests_by_email on sign_in_requests (business_id, email_key, created_at desc);
create index sign_in_requests_to_answer on sign_in_requests (created_at) where answered_at is null;

-- One-time links. The token is derived from SECRET_KEY, the id and the nonce; only its hash is here.
create table access_links (
  business_id text not null,
  link_id text not null,
  customer_id text not null,
  purpose link_purpose not null,
  request_id text,
  token_hash bytea not null unique,
  nonce text not null,
  return_url text,
  return_path text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by_session text,
  primary key (business_id, link_id),
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, request_id) references sign_in_requests
);
create index access_links_by_request on access_links (business_id, request_id) where request_id is not null;

-- A browser. What it may see are its grants.
create table portal_sessions (
  session_id text primary key,
  token_hash bytea not null unique,
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);

create table session_grants (
  business_id text not null,
  session_id text not null references portal_sessions,
  customer_id text not null,
  return_url text,
  granted_at timestamptz not null,
  primary key (business_id, session_id),
  foreign key (business_id, customer_id) references customers
);
create index session_grants_by_customer on session_grants (business_id, customer_id);

-- The outbox: written in the transaction of what happened, read by mails and webhooks.
create table events (
  business_id text not null references businesses,
  event_id text not null,
  type text not null,
  audience event_audience not null,
  resource_id text not null,
  customer_id text,
  data jsonb not null default '{}',
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  dispatched_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, event_id)
);
create index events_to_dispatch on events (recorded_at) where dispatched_at is null;
create index events_by_resource on events (business_id, resource_id);

create table emails (
  business_id text not null references businesses,
  email_id text not null,
  event_id text not null,
  template text not null,
  recipient text not null,
  locale text not null,
  data jsonb not null default '{}',
  status email_status not null,
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  next_attempt_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, email_id),
  unique (business_id, event_id, template, recipient),
  foreign key (business_id, event_id) references events,
  check ((status = 'queued') = (next_attempt_at is not null))
);
create index emails_to_send on emails (next_attempt_at) where next_attempt_at is not null;
create index emails_by_age on emails (business_id, created_at desc);

create table audit_entries (
  business_id text not null references businesses,
  audit_id text not null,
  actor_type text not null,
  actor_id text not null,
  action text not null,
  resource_id text not null,
  customer_id text,
  details jsonb not null default '{}',
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (business_id, audit_id)
);
create index audit_entries_by_resource on audit_entries (business_id, resource_id);

-- Webhooks of processors, stored before they are answered and read later; redeliveries meet the primary key.
create table processor_events (
  business_id text not null references businesses,
  processor text not null,
  processor_event_id text not null,
  kind text not null check (kind in ('payment', 'refund', 'setup')),
  processor_key text not null,
  received_at timestamptz not null,
  read_at timestamptz,
  next_attempt_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, processor, processor_event_id)
);
create index processor_events_to_read on processor_events (next_attempt_at) where next_attempt_at is not null;
