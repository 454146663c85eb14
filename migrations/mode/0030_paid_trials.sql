-- Trials that cost something: what a unit of the plan is sold for until its first whole period.

alter table products
  -- Minor units of the price's currency for each unit of the plan; null where the trial is free.
  add trial_amount bigint check (trial_amount between 1 and 1000000000000),
  add trial_apply_discounts boolean not null default false,
  add check (trial_amount is null or trial_period_days > 0);

alter table subscriptions
  -- What was charged for a unit of it, after discounts and before exclusive tax; null where the trial was free, or there is none.
  add trial_amount bigint check (trial_amount > 0),
  add check (trial_amount is null or trial_period_days > 0);
