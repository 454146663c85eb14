-- Pausing and resuming, the way back from a change that was not paid, and quotes of a change.

-- Time that was paused lies between periods, as time on hold does.
alter type period_kind add value 'paused';
-- An applied change that was never paid for and is taken back.
alter type plan_change_status add value 'undone';

alter table business_settings
  add allow_subscription_pause boolean not null default false,
  add bill_usage_at_pause boolean not null default true,
  add refund_unused_time boolean not null default false;

alter table subscriptions
  add paused_at timestamptz,
  -- Whoever paused it; a customer may always end a pause of their own.
  add paused_by text check (paused_by in ('customer', 'merchant')),
  -- When the worker ends the pause; null where nobody named a date.
  add resumes_at timestamptz,
  add check (status <> 'paused' or (paused_at is not null and paused_by is not null)),
  add check (resumes_at is null or status = 'paused');
create index subscriptions_to_resume on subscriptions (resumes_at) where resumes_at is not null;
create index subscriptions_to_resume_by_business on subscriptions (business_id, resumes_at) where resumes_at is not null;

-- Only what still waits for its money can run out.
update plan_changes set expires_at = null where status <> 'pending';
alter table plan_changes
  -- What the subscription was before a change that was made unpaid; null where nothing has to be undone.
  add previous jsonb,
  add claimed_until timestamptz,
  add claim_token bigint not null default 0,
  add check (expires_at is null or status = 'pending');
create index plan_changes_to_expire on plan_changes (expires_at) where expires_at is not null;
create index plan_changes_to_expire_by_business on plan_changes (business_id, expires_at) where expires_at is not null;

-- How plans of a collection change where the request does not say; null leaves it to the business.
alter table product_collections
  add column if not exists effective_at_on_upgrade effective_at,
  add column if not exists effective_at_on_downgrade effective_at,
  add column if not exists proration_billing_mode_on_upgrade proration_billing_mode,
  add column if not exists proration_billing_mode_on_downgrade proration_billing_mode,
  add column if not exists on_payment_failure on_payment_failure;

-- A change as it was shown to somebody: confirmed within minutes, it is made exactly so or not at all.
create table plan_change_quotes (
  business_id text not null,
  quote_id text not null,
  subscription_id text not null,
  request jsonb not null,
  -- The instant, in the business's time, at which the change was decided and will have been made.
  decided_at timestamptz not null,
  -- When the plan becomes the new one: then, or at the next billing date.
  effective_at timestamptz not null,
  lines jsonb not null,
  charge bigint not null check (charge >= 0),
  credit_applied bigint not null check (credit_applied between 0 and charge),
  credit_granted bigint not null check (credit_granted >= 0),
  -- What the payment method will be asked for.
  total bigint not null check (total between 0 and charge),
  currency text not null,
  -- Of everything the figures depend on.
  fingerprint text not null,
  -- Wall time.
  created_at timestamptz not null,
  expires_at timestamptz not null,
  change_id text,
  confirmed_at timestamptz,
  primary key (business_id, quote_id),
  unique (business_id, change_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, change_id) references plan_changes,
  check ((change_id is null) = (confirmed_at is null))
);
create index plan_change_quotes_by_subscription on plan_change_quotes (business_id, subscription_id, created_at desc);
