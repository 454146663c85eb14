-- Methods are added and what is owed is paid from the portal too.

alter table method_setups
  -- The method is for every subscription of the customer that runs and owes nothing.
  add for_all boolean not null default false,
  add check (not for_all or (checkout_id is null and subscription_id is not null));

-- A customer saves a method without buying anything: on one page at a time.
create unique index method_setups_one_open_of_customer on method_setups (business_id, customer_id)
  where settled_at is null and checkout_id is null and subscription_id is null;

-- The link whose page the customer pays on; null where that page was opened in the portal.
alter table payments add pay_link_id text;
