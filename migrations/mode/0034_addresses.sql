-- One sign-in for everything an address has bought, from whichever business, and what of it a session may see.

-- "Send me a link" where no business is named: written alike for known and unknown addresses; the worker looks the address up.
create table address_sign_ins (
  sign_in_id text primary key,
  email text not null,
  email_key text not null generated always as (lower(btrim(email))) stored,
  locale text not null,
  -- Hash of the cookie of the browser that asked; the code works only there.
  flow_hash bytea not null,
  code_tries integer not null default 0 check (code_tries between 0 and 5),
  created_at timestamptz not null,
  answered_at timestamptz,
  -- The one-time link that was mailed; nothing where nobody has the address. The token is derived, as of other links.
  nonce text,
  token_hash bytea unique,
  expires_at timestamptz,
  used_at timestamptz,
  used_by_session text,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  check ((nonce is null) = (token_hash is null) and (nonce is null) = (expires_at is null)),
  check (nonce is null or answered_at is not null),
  check (used_at is null or nonce is not null)
);
create index address_sign_ins_by_flow on address_sign_ins (flow_hash, created_at desc);
create index address_sign_ins_by_email on address_sign_ins (email_key, created_at desc);
create index address_sign_ins_to_answer on address_sign_ins (created_at) where answered_at is null;

-- The address whose owner read a mail and came in by it. A grant that proved none was made by a merchant: it opens one customer.
alter table session_grants add proven_email_key text;
alter table portal_sessions
  add proven_email_key text,
  add proven_at timestamptz,
  add check ((proven_email_key is null) = (proven_at is null));
create index session_grants_by_session on session_grants (session_id);
create index portal_sessions_by_address on portal_sessions (proven_email_key) where proven_email_key is not null;

-- Everything an address has, at any business.
create index customers_by_address on customers (email_key);
