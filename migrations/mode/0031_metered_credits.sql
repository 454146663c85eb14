-- Meters paid by credits: instead of a price each unit takes its part of a credit.

alter table product_meters
  alter price_per_unit drop not null,
  add credit_entitlement_id text,
  -- So many units are one credit.
  add meter_units_per_credit numeric check (meter_units_per_credit > 0),
  add foreign key (business_id, credit_entitlement_id) references credit_entitlements,
  add check ((credit_entitlement_id is null) = (meter_units_per_credit is null)),
  add check (price_per_unit is not null or credit_entitlement_id is not null);

alter table subscription_meters
  alter price_per_unit drop not null,
  add credit_entitlement_id text,
  add meter_units_per_credit numeric check (meter_units_per_credit > 0),
  -- Credits taken so far for usage that is not closed yet.
  add deducted_credits numeric not null default 0 check (deducted_credits >= 0),
  add foreign key (business_id, credit_entitlement_id) references credit_entitlements,
  add check ((credit_entitlement_id is null) = (meter_units_per_credit is null)),
  add check (price_per_unit is not null or credit_entitlement_id is not null);

-- Closed usage, and the credits that were taken for it: fewer than it came to where there were no more.
alter table usage_charges
  add credit_entitlement_id text,
  add credits numeric check (credits >= 0),
  add foreign key (business_id, credit_entitlement_id) references credit_entitlements,
  add check ((credit_entitlement_id is null) = (credits is null)),
  add check (credit_entitlement_id is null or amount = 0);

-- Whose usage came in since credits were last taken for it. Written with every batch, which has locked the meter and never the
-- subscription; nothing is due where it is null.
create table usage_deductions (
  business_id text not null,
  subscription_id text not null,
  meter_id text not null,
  due_at timestamptz,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, subscription_id, meter_id),
  foreign key (business_id, subscription_id, meter_id) references subscription_meters
);
create index usage_deductions_due on usage_deductions (due_at) where due_at is not null;
create index usage_deductions_due_by_business on usage_deductions (business_id, due_at) where due_at is not null;
