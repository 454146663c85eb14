-- Holders of some cards dispute what they paid.

alter type hook_kind add value 'dispute';
create type dispute_status as enum ('opened', 'challenged', 'accepted', 'won', 'lost');

create table disputes (
  business_id text not null,
  dispute_id text not null unique,
  payment_key text not null,
  status dispute_status not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  primary key (business_id, dispute_id),
  unique (business_id, payment_key),
  foreign key (business_id, payment_key) references captures,
  check ((status in ('accepted', 'won', 'lost')) = (decided_at is not null))
);
