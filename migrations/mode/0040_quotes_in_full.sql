-- All that a customer is shown of a change before they confirm it.
alter table plan_change_quotes
  -- What the customer's wallet pays of the charge.
  add wallet_applied bigint not null default 0 check (wallet_applied >= 0),
  -- The charge is too small for the processor: it is on the next invoice instead.
  add carried boolean not null default false,
  -- What each code takes of the charge, in order.
  add discounts jsonb not null default '[]',
  -- The renewal after the change, with its tax and what waits for it; null where none is to come.
  add next_total bigint check (next_total >= 0),
  -- What of that is asked of the payment method.
  add next_amount bigint check (next_amount between 0 and next_total),
  -- What is used until then comes on top.
  add next_plus_usage boolean not null default false,
  add check (credit_applied + wallet_applied <= charge),
  add check ((next_total is null) = (next_amount is null));
-- Older quotes are worth nothing after ten minutes; new ones say all of it.
alter table plan_change_quotes
  alter wallet_applied drop default,
  alter carried drop default,
  alter discounts drop default,
  alter next_plus_usage drop default;
