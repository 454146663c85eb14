-- Changing plan: what was asked and decided, what the running period is worth line by line, and the credit of a subscription.

alter type dues_kind add value 'plan_change';
-- Time on hold lies between periods and is not billed.
alter type period_kind add value 'held';

create type effective_at as enum ('immediately', 'next_billing_date');
create type proration_billing_mode as enum
  ('prorated_immediately', 'difference_immediately', 'full_immediately', 'do_not_bill');
create type on_payment_failure as enum ('prevent_change', 'apply_change');
create type plan_change_status as enum ('scheduled', 'pending', 'applied', 'failed', 'cancelled');

-- Null: the system's default. The column's default is what a new business begins with.
alter table business_settings
  add effective_at_on_upgrade effective_at,
  add effective_at_on_downgrade effective_at,
  add proration_billing_mode_on_upgrade proration_billing_mode,
  add proration_billing_mode_on_downgrade proration_billing_mode,
  add on_payment_failure on_payment_failure;
alter table business_settings
  alter proration_billing_mode_on_upgrade set default 'prorated_immediately',
  alter on_payment_failure set default 'prevent_change';

-- Always the sum of the subscription's credit entries.
alter table subscriptions add credit_balance bigint not null default 0 check (credit_balance >= 0);

-- The part of the dues that the subscription's credit pays; the rest is what a payment asks for.
alter table dues add credit_applied bigint not null default 0 check (credit_applied between 0 and total);

-- A key that another plan's key took the place of: it stays disabled whatever becomes of the subscription.
alter table license_keys add replaced_at timestamptz;

create table plan_changes (
  business_id text not null,
  change_id text not null,
  subscription_id text not null,
  status plan_change_status not null,
  product_id text not null,
  quantity integer not null check (quantity > 0),
  -- The lines of a whole period at the prices shown then: the product, then its add-ons.
  items jsonb not null,
  tax_inclusive boolean not null,
  payment_frequency_count integer not null check (payment_frequency_count > 0),
  payment_frequency_interval time_interval not null,
  proration_billing_mode proration_billing_mode not null,
  on_payment_failure on_payment_failure not null,
  effective_at timestamptz not null,
  -- A new period begins with the change, and the anchor with it.
  restarts boolean not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  -- What the period is worth once the change is paid, item by item; null leaves it as it was.
  period_values jsonb,
  dues_id text,
  expires_at timestamptz,
  actor_type text not null,
  actor_id text not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (business_id, change_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, product_id) references products,
  foreign key (business_id, dues_id) references dues,
  check ((status in ('scheduled', 'pending')) = (closed_at is null)),
  check ((status = 'pending') <= (expires_at is not null))
);
create index plan_changes_by_subscription on plan_changes (business_id, subscription_id, created_at desc);
create index plan_changes_by_dues on plan_changes (business_id, dues_id) where dues_id is not null;
create unique index plan_changes_one_scheduled on plan_changes (business_id, subscription_id) where status = 'scheduled';
create unique index plan_changes_one_pending on plan_changes (business_id, subscription_id) where status = 'pending';

-- What was really charged for each line of the running period, after discounts, with its tax.
create table period_values (
  business_id text not null,
  subscription_id text not null,
  position integer not null,
  kind line_kind not null,
  product_id text,
  addon_id text,
  description text not null,
  quantity integer not null check (quantity > 0),
  amount bigint not null check (amount >= 0),
  primary key (business_id, subscription_id, position),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, product_id) references products,
  foreign key (business_id, addon_id) references addons,
  check ((kind = 'product') = (product_id is not null)),
  check ((kind = 'addon') = (addon_id is not null))
);

-- Running subscriptions: what the dues of their last period said of their own lines.
insert into period_values
select s.business_id, s.subscription_id, l.position, l.kind, l.product_id, l.addon_id, l.description, l.quantity,
       l.amount + case when d.tax_inclusive then 0 else l.tax end
  from subscriptions s
  join lateral (
    select p.dues_id from subscription_periods p
     where p.business_id = s.business_id and p.subscription_id = s.subscription_id
     order by p.period_start desc limit 1
  ) latest on latest.dues_id is not null
  join dues d on d.business_id = s.business_id and d.dues_id = latest.dues_id
  join dues_lines l on l.business_id = d.business_id and l.dues_id = d.dues_id
 where s.status in ('active', 'past_due', 'on_hold', 'paused')
   and (l.product_id = s.product_id
    or l.addon_id in (select a.addon_id from subscription_addons a
                       where a.business_id = s.business_id and a.subscription_id = s.subscription_id));

-- The credit of a subscription, for its own next invoices: granted, reserved and released. Rows are only ever added.
create table credit_entries (
  business_id text not null,
  entry_id text not null,
  subscription_id text not null,
  reason_key text not null,
  -- Positive where credit is granted or released, negative where dues take it.
  amount bigint not null check (amount <> 0),
  -- Given by the merchant beyond what was paid.
  gift boolean not null,
  dues_id text,
  created_at timestamptz not null,
  primary key (business_id, entry_id),
  unique (business_id, reason_key),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, dues_id) references dues
);
create index credit_entries_by_subscription on credit_entries (business_id, subscription_id, created_at);
