-- What a business offers customers who are about to cancel, and what came of each offer that was made.

create type cancellation_offer_type as enum ('pause', 'discount', 'downgrade');
create type cancellation_offer_answer as enum ('accepted', 'declined');

create table cancellation_offers (
  business_id text not null,
  type cancellation_offer_type not null,
  -- Which is tried first.
  position smallint not null,
  -- Made for these reasons only; null for all.
  reasons text[] check (
    cardinality(reasons) > 0 and reasons <@ enum_range(null::cancellation_feedback)::text[]
  ),
  pause_months smallint check (pause_months between 1 and 12),
  discount_id text,
  primary key (business_id, type),
  unique (business_id, position) deferrable initially deferred,
  foreign key (business_id, discount_id) references discounts,
  check ((type = 'pause') = (pause_months is not null)),
  check ((type = 'discount') = (discount_id is not null))
);

create table cancellation_offers_made (
  business_id text not null,
  offer_id text not null,
  subscription_id text not null,
  customer_id text not null,
  type cancellation_offer_type not null,
  pause_months smallint,
  discount_id text,
  -- What was asked for before it was made.
  effective_at effective_at not null,
  cancellation_feedback cancellation_feedback not null,
  cancellation_comment text,
  -- Business time.
  offered_at timestamptz not null,
  answer cancellation_offer_answer,
  answered_at timestamptz,
  primary key (business_id, offer_id),
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, discount_id) references discounts,
  check ((answer is null) = (answered_at is null)),
  check ((type = 'pause') = (pause_months is not null)),
  check ((type = 'discount') = (discount_id is not null))
);
create index cancellation_offers_made_by_subscription
  on cancellation_offers_made (business_id, subscription_id, offered_at desc);
