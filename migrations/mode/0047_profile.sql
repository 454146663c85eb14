-- Who a customer is on the invoices to come, as they said it themselves; each subscription still has its own.
create table customer_billing (
  business_id text not null,
  customer_id text not null,
  customer_business_name text,
  tax_id text,
  billing jsonb not null,
  updated_at timestamptz not null,
  primary key (business_id, customer_id),
  foreign key (business_id, customer_id) references customers,
  check (customer_business_name is null or tax_id is not null)
);

-- A new address counts once somebody who reads its mail has said so. The token is derived; only its hash is here.
create table email_changes (
  business_id text not null,
  change_id text not null,
  customer_id text not null,
  new_email text not null,
  nonce text not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (business_id, change_id),
  unique (business_id, token_hash),
  foreign key (business_id, customer_id) references customers
);
create index email_changes_by_customer on email_changes (business_id, customer_id, created_at desc);
create index email_changes_by_age on email_changes (created_at);
create index audit_entries_by_customer on audit_entries (business_id, customer_id, occurred_at desc, audit_id desc)
  where customer_id is not null;
