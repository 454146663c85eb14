-- Pages of a customer with years of payments: each reads what it shows, whatever lies behind it.

-- The numbers of one customer's papers are searched in the index alone.
drop index invoices_by_customer;
create index invoices_by_customer on invoices (business_id, customer_id, number) include (payment_id);

-- What was used is billed seldom, among many renewals.
create index dues_for_usage_by_customer on dues (business_id, customer_id) include (dues_id) where kind = 'usage';

-- The latest deeds first.
drop index audit_entries_by_resource;
create index audit_entries_by_resource on audit_entries (business_id, resource_id, occurred_at desc, audit_id desc);
