-- What else a quote says: how the subscription goes on once the change is made.
alter table plan_change_quotes
  add next_billing_date timestamptz not null,
  -- Each billing period from then on, before tax and discounts.
  add recurring_pre_tax_amount bigint not null check (recurring_pre_tax_amount >= 0);
