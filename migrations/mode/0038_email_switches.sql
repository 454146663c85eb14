-- What a merchant switched on or off of the kinds of mail there are (src/core/emails/kinds.ts); a kind without a row is as it comes.
create table email_switches (
  business_id text not null references businesses,
  kind text not null check (kind ~ '^[a-z_]+$'),
  enabled boolean not null,
  primary key (business_id, kind)
);
