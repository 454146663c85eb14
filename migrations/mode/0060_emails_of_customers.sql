-- Whom a mail was written to, so that the merchant can look up what a customer was sent. Null: to the business itself, or in no business's
-- name.
alter table emails add column customer_id text;
alter table emails add foreign key (business_id, customer_id) references customers;
update emails
set customer_id = events.customer_id
from events
where events.business_id = emails.business_id
  and events.event_id = emails.event_id
  and emails.template not like 'merchant-%'
  and emails.template not in ('webhook-disabled', 'address-sign-in');
create index emails_by_customer on emails (business_id, customer_id, created_at desc) where customer_id is not null;
