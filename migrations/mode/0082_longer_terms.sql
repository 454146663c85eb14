-- Terms that are extended, and subscriptions that begin to renew: a running period may be a part of a whole one that nobody will see.

alter table subscription_periods
  -- When the period would end if it were whole; null where it is, or where the end of the term still cuts it.
  add whole_until timestamptz,
  add check (whole_until > period_end);
