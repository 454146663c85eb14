-- Requests to the API that change something: what came of them, so that each of them happens once (src/core/idempotency).
create table api_requests (
  business_id text not null references businesses,
  request_id text not null,
  -- The API key, or the license key where that is what opens.
  caller_id text not null,
  operation text not null,
  path text not null,
  -- Of the Idempotency-Key with the route it was sent to; null where none was sent.
  key_hash text,
  -- Of the query and the body; null once it is to be forgotten.
  request_hash text,
  -- How often the client had sent it when it was last heard of.
  retry_count integer not null default 0 check (retry_count >= 0),
  -- A transaction of it was committed.
  has_effect boolean not null default false,
  -- Of an answer that is kept.
  status integer check (status between 200 and 499),
  -- Encrypted; null once it is to be forgotten.
  answer text,
  -- Who the answer may be about.
  customer_ids text[] not null default '{}',
  created_at timestamptz not null,
  ended_at timestamptz,
  -- The socket closed before the answer was sent.
  unanswered_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, request_id),
  check (status is null or ended_at is not null),
  check (answer is null or status is not null),
  check (ended_at is null or claimed_until is null)
);
create unique index api_requests_by_key on api_requests (business_id, key_hash) where key_hash is not null;
create index api_requests_without_key on api_requests (business_id, request_hash, created_at) where key_hash is null;
create index api_requests_by_customer on api_requests using gin (customer_ids);
create index api_requests_by_record on api_requests using brin (created_at) with (autosummarize = on);
