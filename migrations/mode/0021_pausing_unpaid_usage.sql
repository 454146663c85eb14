-- A pause whose usage was not paid for waits on hold, and keeps the date that was named for its end.
do $$
declare
  old text;
begin
  select conname into strict old from pg_constraint
   where conrelid = 'subscriptions'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%resumes_at%';
  execute format('alter table subscriptions drop constraint %I', old);
end $$;
alter table subscriptions
  add check (resumes_at is null or (status in ('paused', 'on_hold') and paused_at is not null)),
  add check (paused_at is null or status in ('paused', 'on_hold'));
