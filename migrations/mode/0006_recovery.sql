-- What happens between a declined charge and its payment: retries, grace, dunning, and the links under which what is owed is paid.

create type grace_period_action as enum ('on_hold', 'cancel_subscription');
create type payment_origin as enum ('first', 'automatic_retry', 'manual_retry', 'method_update', 'pay_page');
create type dunning_trigger as enum ('on_hold', 'past_due', 'cancelled');
create type dunning_status as enum ('recovering', 'recovered', 'exhausted');
create type pay_link_purpose as enum ('dues', 'method');

alter table business_settings
  add payment_retries boolean not null default false,
  add payment_retry_window_days integer not null default 13 check (payment_retry_window_days between 1 and 30),
  add grace_period boolean not null default false,
  add grace_period_days integer not null default 3 check (grace_period_days between 1 and 30),
  add grace_period_action grace_period_action not null default 'on_hold',
  add dunning_on_hold boolean not null default false,
  add dunning_past_due boolean not null default false,
  add dunning_cancelled boolean not null default false,
  -- Days after the beginning; null leaves the step out.
  add dunning_step_1_days integer default 1 check (dunning_step_1_days between 1 and 60),
  add dunning_step_2_days integer default 3 check (dunning_step_2_days between 1 and 60),
  add dunning_step_3_days integer default 5 check (dunning_step_3_days between 1 and 60),
  add dunning_step_4_days integer default 7 check (dunning_step_4_days between 1 and 60);

-- Grace: how it ends was decided when it began.
alter table subscriptions
  add past_due_ends_at timestamptz,
  add past_due_action grace_period_action,
  -- When the term of one that nobody paid for is over.
  add unpaid_until timestamptz
    generated always as (case when status in ('on_hold', 'past_due') then expires_at end) stored,
  add check ((status = 'past_due') = (past_due_ends_at is not null)),
  add check ((past_due_ends_at is null) = (past_due_action is null));
create index subscriptions_past_due on subscriptions (past_due_ends_at) where past_due_ends_at is not null;
create index subscriptions_past_due_by_business on subscriptions (business_id, past_due_ends_at)
  where past_due_ends_at is not null;
create index subscriptions_unpaid on subscriptions (unpaid_until) where unpaid_until is not null;
create index subscriptions_unpaid_by_business on subscriptions (business_id, unpaid_until) where unpaid_until is not null;

alter table dues
  -- Of the first attempt; the window of retries counts from it.
  add declined_at timestamptz,
  add next_retry_at timestamptz,
  add claimed_until timestamptz,
  add claim_token bigint not null default 0,
  add check (next_retry_at is null or (status = 'open' and kind = 'renewal' and declined_at is not null));
create index dues_to_retry on dues (next_retry_at) where next_retry_at is not null;
create index dues_to_retry_by_business on dues (business_id, next_retry_at) where next_retry_at is not null;

alter table payments
  add origin payment_origin not null default 'first',
  -- 0 for what was not a retry, then 1, 2, … by hand and by itself alike.
  add retry_attempt integer not null default 0 check (retry_attempt >= 0),
  -- Wall time at which a page that nobody finished is closed.
  add page_expires_at timestamptz,
  add check ((retry_attempt > 0) = (origin in ('automatic_retry', 'manual_retry')));
update payments p set origin = 'method_update'
  from dues d
 where d.business_id = p.business_id and d.dues_id = p.dues_id and d.kind <> 'checkout' and p.attempt > 1;
update dues d set declined_at = p.settled_at
  from payments p
 where p.business_id = d.business_id and p.dues_id = d.dues_id and p.attempt = 1 and p.status = 'failed'
   and d.kind <> 'checkout';

-- Names the same card or account however often it is saved.
alter table payment_methods add fingerprint text;
create unique index payment_methods_one_each on payment_methods (business_id, customer_id, processor, fingerprint)
  where fingerprint is not null and removed_at is null;

alter table method_setups
  add page_expires_at timestamptz,
  add pay_link_id text;
create unique index method_setups_one_open_update on method_setups (business_id, subscription_id)
  where settled_at is null and checkout_id is null;

-- Methods that the processor has to forget.
create table method_removals (
  business_id text not null references businesses,
  processor text not null,
  processor_reference text not null,
  created_at timestamptz not null,
  -- Wall time; null once it is forgotten.
  next_attempt_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, processor, processor_reference)
);
create index method_removals_due on method_removals (next_attempt_at) where next_attempt_at is not null;

-- A link under which anybody who holds it pays what a subscription owes, or saves another method for it. Its id is its secret.
create table pay_links (
  business_id text not null,
  pay_link_id text not null unique,
  subscription_id text not null,
  customer_id text not null,
  purpose pay_link_purpose not null,
  return_url text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (business_id, pay_link_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, customer_id) references customers
);
create index pay_links_by_subscription on pay_links (business_id, subscription_id);

create table dunning_attempts (
  business_id text not null,
  dunning_attempt_id text not null,
  subscription_id text not null,
  customer_id text not null,
  trigger_state dunning_trigger not null,
  status dunning_status not null,
  -- What was declined; null where the customer cancelled.
  payment_id text,
  -- The last step that was taken.
  steps_taken integer not null default 0 check (steps_taken between 0 and 4),
  next_step_at timestamptz,
  created_at timestamptz not null,
  closed_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, dunning_attempt_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, payment_id) references payments,
  check ((status = 'recovering') = (closed_at is null)),
  check ((status = 'recovering') = (next_step_at is not null))
);
create unique index dunning_attempts_one_open on dunning_attempts (business_id, subscription_id)
  where status = 'recovering';
create index dunning_attempts_open_by_customer on dunning_attempts (business_id, customer_id) where status = 'recovering';
create index dunning_attempts_due on dunning_attempts (next_step_at) where next_step_at is not null;
create index dunning_attempts_due_by_business on dunning_attempts (business_id, next_step_at)
  where next_step_at is not null;
