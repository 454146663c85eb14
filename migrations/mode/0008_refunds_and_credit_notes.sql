-- Giving money back: refunds line by line, the documents that tell of it, corrections of invoices, and disputes.

alter table refunds
  add metadata jsonb not null default '{}',
  -- What goes back to the customer's wallet, besides the amount that goes back to the payment method.
  add wallet_amount bigint not null default 0 check (wallet_amount >= 0),
  drop constraint refunds_amount_check,
  add check (amount >= 0 and amount + wallet_amount > 0),
  alter processor drop not null,
  add check (processor is not null or amount = 0);
create index refunds_by_age on refunds (business_id, created_at desc, refund_id desc);

alter table dues_lines
  -- For a part of a period only, or given back by a change of plan: it cannot be refunded by itself.
  add prorated boolean not null default false,
  -- What changes of plan gave back of it as credit, with its tax.
  add credited bigint not null default 0 check (credited >= 0);

update dues_lines l set prorated = true
  from dues d
 where d.business_id = l.business_id and d.dues_id = l.dues_id and d.kind = 'plan_change'
   and (l.amount < 0 or l.amount <> l.quantity * l.unit_price);

-- The line of the dues that paid for a value. Without a position it was paid with credit of those dues, and what is given back of
-- their lines does not lower it.
alter table period_values
  add dues_id text,
  add dues_position integer,
  add foreign key (business_id, dues_id) references dues,
  add check (dues_position is null or dues_id is not null);

update period_values v
   set dues_id = latest.dues_id
  from (select distinct on (p.business_id, p.subscription_id) p.business_id, p.subscription_id, p.dues_id
          from subscription_periods p
         order by p.business_id, p.subscription_id, p.period_start desc) latest
 where latest.business_id = v.business_id and latest.subscription_id = v.subscription_id;

update period_values v
   set dues_position = l.position
  from dues_lines l
 where l.business_id = v.business_id and l.dues_id = v.dues_id and l.amount > 0
   and l.product_id is not distinct from v.product_id and l.addon_id is not distinct from v.addon_id
   and not exists (select 1 from plan_changes c where c.business_id = v.business_id and c.subscription_id = v.subscription_id);

-- What a refund gives back of each line that was paid, with its tax.
create table refund_lines (
  business_id text not null,
  refund_id text not null,
  dues_id text not null,
  position integer not null,
  amount bigint not null check (amount >= 0),
  wallet_amount bigint not null default 0 check (wallet_amount >= 0),
  tax bigint not null check (tax between 0 and amount + wallet_amount),
  primary key (business_id, refund_id, position),
  foreign key (business_id, refund_id) references refunds,
  foreign key (business_id, dues_id, position) references dues_lines,
  check (amount + wallet_amount > 0)
);
create index refund_lines_by_dues on refund_lines (business_id, dues_id);

-- What was given back, on paper: a series of its own, each naming the invoice it belongs to.
create table credit_notes (
  business_id text not null,
  credit_note_id text not null,
  number text not null,
  -- Says why it exists, so that the same thing is never written twice.
  reason_key text not null,
  invoice_id text not null,
  customer_id text not null,
  refund_id text,
  change_id text,
  total bigint not null check (total > 0),
  document jsonb not null,
  issued_at timestamptz not null,
  primary key (business_id, credit_note_id),
  unique (business_id, number),
  unique (business_id, reason_key),
  foreign key (business_id, invoice_id) references invoices,
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, refund_id) references refunds,
  foreign key (business_id, change_id) references plan_changes,
  check (num_nonnulls(refund_id, change_id) <= 1)
);
create index credit_notes_by_invoice on credit_notes (business_id, invoice_id);
create index credit_notes_by_customer on credit_notes (business_id, customer_id, issued_at desc);
create unique index credit_notes_by_refund on credit_notes (business_id, refund_id) where refund_id is not null;

-- The details of an invoice as they should have been; its amounts never change.
create table invoice_corrections (
  business_id text not null,
  correction_id text not null,
  number text not null,
  invoice_id text not null,
  customer_id text not null,
  document jsonb not null,
  issued_at timestamptz not null,
  primary key (business_id, correction_id),
  unique (business_id, number),
  foreign key (business_id, invoice_id) references invoices,
  foreign key (business_id, customer_id) references customers
);
create index invoice_corrections_by_invoice on invoice_corrections (business_id, invoice_id, issued_at desc);

create type dispute_status as enum
  ('dispute_opened', 'dispute_expired', 'dispute_accepted', 'dispute_cancelled', 'dispute_challenged', 'dispute_won', 'dispute_lost');
create type dispute_stage as enum ('pre_dispute', 'dispute', 'pre_arbitration');

-- A bank takes back what its customer says was not theirs to pay. The processor tells of it; here it is recorded.
create table disputes (
  business_id text not null,
  dispute_id text not null,
  payment_id text not null,
  processor text not null,
  processor_reference text not null,
  status dispute_status not null,
  stage dispute_stage not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  reason text,
  remarks text,
  is_resolved_by_rdr boolean,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, dispute_id),
  unique (business_id, processor, processor_reference),
  foreign key (business_id, payment_id) references payments
);
create index disputes_by_payment on disputes (business_id, payment_id);

alter table processor_events
  drop constraint processor_events_kind_check,
  add constraint processor_events_kind_check check (kind in ('payment', 'refund', 'setup', 'dispute'));
