-- What is deleted when nobody needs it any more (src/core/retention).

-- Work that comes back by itself and belongs to no row.
create table chores (
  chore text primary key,
  due_at timestamptz not null,
  claimed_until timestamptz,
  claim_token bigint not null default 0
);
insert into chores (chore, due_at) values ('prune', now() + interval '1 hour');

-- Found by age, whoever they belong to. Rows are written as they come: a few pages of index tell the old from the new.
create index events_by_record on events using brin (recorded_at) with (autosummarize = on);
create index emails_by_record on emails using brin (created_at) with (autosummarize = on);
create index webhook_deliveries_by_record on webhook_deliveries using brin (created_at) with (autosummarize = on);
create index processor_events_by_record on processor_events using brin (received_at) with (autosummarize = on);
create index access_links_by_record on access_links using brin (created_at) with (autosummarize = on);
create index sign_in_requests_by_record on sign_in_requests using brin (created_at) with (autosummarize = on);
create index plan_change_quotes_by_record on plan_change_quotes using brin (created_at) with (autosummarize = on);
create index portal_sessions_by_end on portal_sessions (expires_at);
