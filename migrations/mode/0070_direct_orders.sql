-- What was begun and not paid for in time: the orders of the API, and whoever left our page between two tries.

alter table checkout_sessions
  -- Wall time at which what it would have begun fails; null where nothing was begun, or it was bought.
  add fails_at timestamptz,
  add claimed_until timestamptz,
  add claim_token bigint not null default 0,
  add check (fails_at is null or consumed_at is null);
create index checkout_sessions_to_fail on checkout_sessions (fails_at) where fails_at is not null;

update checkout_sessions c set fails_at = c.expires_at
  from subscriptions s
 where s.business_id = c.business_id and s.subscription_id = c.subscription_id and s.status = 'pending' and c.consumed_at is null;
