-- What customers are told ahead of time: a renewal, the end of a trial, of a pause, of a card.

create type reminder_kind as enum ('upcoming_renewal', 'trial_ending', 'pause_ending', 'card_expiring');

create table reminders (
  business_id text not null,
  kind reminder_kind not null,
  subscription_id text,
  payment_method_id text,
  subject_id text not null generated always as (coalesce(subscription_id, payment_method_id)) stored,
  -- Business time; null where nobody is to be reminded of anything.
  due_at timestamptz,
  -- The beginning of the period, trial or pause, or the month of the card, that was reminded of: each once.
  reminded_of text,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, kind, subject_id),
  foreign key (business_id, subscription_id) references subscriptions on delete cascade,
  foreign key (business_id, payment_method_id) references payment_methods on delete cascade,
  check (num_nonnulls(subscription_id, payment_method_id) = 1),
  check ((kind = 'card_expiring') = (payment_method_id is not null))
);
create index reminders_due on reminders (due_at) where due_at is not null;
create index reminders_due_by_business on reminders (business_id, due_at) where due_at is not null;
