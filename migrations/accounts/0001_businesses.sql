-- Who sells. Both modes read these tables; nothing of a customer lies here.

create table businesses (
  business_id text primary key,
  name text not null check (name <> ''),
  email text not null,
  legal_name text,
  address text,
  country text check (country ~ '^[A-Z]{2}$'),
  tax_id text,
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  timezone text not null default 'UTC',
  support_email text,
  invoice_prefix text not null check (invoice_prefix ~ '^[A-Z0-9-]{1,12}$'),
  rate_limit_tier text not null default '0' check (rate_limit_tier in ('0', '1', '2', 'unlimited')),
  archived_at timestamptz,
  created_at timestamptz not null
);

create type key_mode as enum ('test', 'live');

create table api_keys (
  business_id text not null references businesses,
  api_key_id text not null,
  mode key_mode not null,
  name text not null,
  key_hash bytea not null unique,
  last_four text not null,
  read_only boolean not null default false,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (business_id, api_key_id)
);
