-- A customer's refunds stand in their billing history beside the payments: found by whose they are, newest first.
alter table refunds add column customer_id text;

update refunds r set customer_id = p.customer_id
  from payments p where p.business_id = r.business_id and p.payment_id = r.payment_id;

-- A server of the version before this one does not name the customer.
create function name_customer_of_refund() returns trigger language plpgsql as $$
begin
  select p.customer_id into new.customer_id from payments p
    where p.business_id = new.business_id and p.payment_id = new.payment_id;
  return new;
end
$$;

create trigger name_customer before insert on refunds
  for each row when (new.customer_id is null) execute function name_customer_of_refund();

alter table refunds alter column customer_id set not null;
alter table refunds add foreign key (business_id, customer_id) references customers;
create index refunds_by_customer on refunds (business_id, customer_id, created_at desc, refund_id desc);

-- The papers of one customer, in the order of their numbers.
create index invoices_by_customer on invoices (business_id, customer_id, number);
create index invoice_corrections_by_customer on invoice_corrections (business_id, customer_id, number);
