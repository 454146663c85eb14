-- A change of plan that its customer pays for under a link, in place of the saved method.

alter table business_settings
  add collect_plan_change_payments_by_payment_link boolean not null default false;

alter type pay_link_purpose add value 'plan_change';
alter table pay_links
  -- What is paid for there; null where it is what the subscription owes, or another method for it.
  add change_id text,
  add foreign key (business_id, change_id) references plan_changes,
  add check ((purpose::text = 'plan_change') = (change_id is not null));
create unique index pay_links_one_for_a_change on pay_links (business_id, change_id) where change_id is not null;
