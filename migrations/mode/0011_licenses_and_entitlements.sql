-- What a purchase unlocks (entitlements, and their grants to customers), and the devices on which a license key is active.

create type integration_type as enum ('license_key', 'feature_flag', 'digital_files');
create type grant_status as enum ('Pending', 'Delivered', 'Failed', 'Revoked');
create type license_key_source as enum ('auto', 'import', 'manual');

create table entitlements (
  business_id text not null references businesses,
  entitlement_id text not null,
  name text not null check (name <> ''),
  description text,
  integration_type integration_type not null,
  integration_config jsonb not null,
  metadata jsonb not null default '{}',
  -- The product whose own license key fields this stands for; null where it was made for itself.
  product_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (business_id, entitlement_id),
  unique (business_id, product_id),
  foreign key (business_id, product_id) references products,
  check (product_id is null or integration_type = 'license_key')
);
create index entitlements_by_age on entitlements (business_id, created_at desc, entitlement_id desc) where deleted_at is null;

create table product_entitlements (
  business_id text not null,
  product_id text not null,
  entitlement_id text not null,
  primary key (business_id, product_id, entitlement_id),
  foreign key (business_id, product_id) references products,
  foreign key (business_id, entitlement_id) references entitlements
);
create index product_entitlements_by_entitlement on product_entitlements (business_id, entitlement_id);

alter table license_keys
  add source license_key_source not null default 'auto',
  -- When business work has to end it.
  add expiry_due_at timestamptz generated always as (case when status <> 'expired' then expires_at end) stored,
  add claimed_until timestamptz,
  add claim_token bigint not null default 0,
  -- A key of a subscription lasts as long as the subscription.
  add check (subscription_id is null or expires_at is null);
create index license_keys_due on license_keys (expiry_due_at) where expiry_due_at is not null;
create index license_keys_by_age on license_keys (business_id, created_at desc, license_key_id desc);

create table license_key_instances (
  business_id text not null,
  license_key_instance_id text not null,
  license_key_id text not null,
  name text not null check (name <> ''),
  created_at timestamptz not null,
  primary key (business_id, license_key_instance_id),
  foreign key (business_id, license_key_id) references license_keys
);
create index license_key_instances_by_key on license_key_instances (business_id, license_key_id);
create index license_key_instances_by_age on license_key_instances
  (business_id, created_at desc, license_key_instance_id desc);

create table entitlement_grants (
  business_id text not null,
  grant_id text not null,
  entitlement_id text not null,
  customer_id text not null,
  -- The product whose purchase brought it, or to which the plan changed since.
  product_id text not null,
  payment_id text,
  subscription_id text,
  license_key_id text,
  status grant_status not null,
  revocation_reason text check (revocation_reason in ('subscription_cancelled', 'subscription_on_hold',
    'SubscriptionPaused', 'subscription_expired', 'plan_changed', 'refund', 'manual', 'license_key_disabled',
    'platform_external')),
  error_code text,
  error_message text,
  metadata jsonb not null default '{}',
  delivered_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, grant_id),
  unique (business_id, license_key_id),
  foreign key (business_id, entitlement_id) references entitlements,
  foreign key (business_id, customer_id) references customers,
  foreign key (business_id, product_id) references products,
  foreign key (business_id, payment_id) references payments,
  foreign key (business_id, subscription_id) references subscriptions,
  foreign key (business_id, license_key_id) references license_keys,
  check ((status = 'Revoked') = (revocation_reason is not null)),
  check ((status = 'Revoked') = (revoked_at is not null)),
  check (status <> 'Delivered' or delivered_at is not null)
);
create index entitlement_grants_by_entitlement on entitlement_grants
  (business_id, entitlement_id, created_at desc, grant_id desc);
create index entitlement_grants_by_customer on entitlement_grants
  (business_id, customer_id, created_at desc, grant_id desc);
create index entitlement_grants_by_subscription on entitlement_grants (business_id, subscription_id)
  where subscription_id is not null;
create index entitlement_grants_by_payment on entitlement_grants (business_id, payment_id) where payment_id is not null;

-- What was sold before: each product with keys has an entitlement of its own, and each key is the delivery of a grant.
insert into entitlements
  (business_id, entitlement_id, name, integration_type, integration_config, product_id, created_at, updated_at, deleted_at)
select business_id, 'ent_' || substr(product_id, 5), name, 'license_key',
       jsonb_build_object('activation_message', license_key_activation_message,
                          'activations_limit', license_key_activations_limit,
                          'duration_count', license_key_duration_count,
                          'duration_interval', license_key_duration_interval,
                          'fulfillment_mode', 'auto'),
       product_id, created_at, updated_at, case when license_key_enabled then null else updated_at end
  from products p
 where license_key_enabled
    or exists (select from license_keys k where k.business_id = p.business_id and k.product_id = p.product_id);

insert into product_entitlements (business_id, product_id, entitlement_id)
select business_id, product_id, entitlement_id from entitlements where deleted_at is null;

with known as (
  select k.*, e.entitlement_id, e.updated_at as changed_at,
         case when k.replaced_at is not null then 'plan_changed'
              when s.status = 'cancelled' then 'subscription_cancelled'
              when s.status = 'expired' then 'subscription_expired'
              when k.status <> 'disabled' then null
              when s.status = 'on_hold' then 'subscription_on_hold'
              when s.status = 'paused' then 'SubscriptionPaused'
              else 'license_key_disabled' end as reason
    from license_keys k
    join entitlements e on e.business_id = k.business_id and e.product_id = k.product_id
    left join subscriptions s on s.business_id = k.business_id and s.subscription_id = k.subscription_id
)
insert into entitlement_grants
  (business_id, grant_id, entitlement_id, customer_id, product_id, payment_id, subscription_id, license_key_id,
   status, revocation_reason, delivered_at, revoked_at, created_at, updated_at)
select business_id, 'entg_' || substr(license_key_id, 5), entitlement_id, customer_id, product_id, payment_id,
       subscription_id, license_key_id,
       (case when reason is null then 'Delivered' else 'Revoked' end)::grant_status, reason, created_at,
       case when reason is not null then coalesce(replaced_at, changed_at) end, created_at,
       coalesce(replaced_at, created_at)
  from known;

-- Whether a key's place was taken is what its grant says now.
alter table license_keys drop column replaced_at;
