-- Erasing a customer: what is left of them, and for how long.

-- How long an invoice is kept as it was issued after its customer was erased.
alter table business_settings
  add invoice_retention_years integer not null default 10 check (invoice_retention_years between 0 and 100);

alter table customers
  add erased_at timestamptz,
  -- When the next of an erased customer's invoices need no longer say whose it was; business time.
  add purge_invoices_at timestamptz check (purge_invoices_at is null or erased_at is not null),
  add claimed_until timestamptz,
  add claim_token bigint not null default 0;
create index customers_to_purge on customers (purge_invoices_at) where purge_invoices_at is not null;
create index customers_to_purge_by_business on customers (business_id, purge_invoices_at)
  where purge_invoices_at is not null;
