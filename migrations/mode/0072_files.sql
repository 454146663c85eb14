-- Files that purchases deliver. What is in them lies in the file store, under a name made of these ids.

create type file_state as enum ('awaited', 'uploading', 'stored', 'removed');

create table files (
  business_id text not null references businesses,
  file_id text not null,
  -- The product it was asked for; null where it came with its entitlement.
  product_id text,
  filename text not null check (filename <> ''),
  -- As it was declared.
  content_type text,
  size bigint check (size > 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  state file_state not null,
  -- The row is the job: from then on the object goes, and then the row.
  remove_at timestamptz,
  created_at timestamptz not null,
  claimed_until timestamptz,
  claim_token bigint not null default 0,
  primary key (business_id, file_id),
  foreign key (business_id, product_id) references products,
  check (state <> 'stored' or (size is not null and sha256 is not null)),
  check (state = 'stored' or remove_at is not null)
);
create index files_due on files (remove_at) where remove_at is not null;

-- Which files an entitlement delivers, in their order.
create table entitlement_files (
  business_id text not null,
  entitlement_id text not null,
  file_id text not null,
  -- Named in legacy_file_ids.
  is_legacy boolean not null,
  place int not null,
  primary key (business_id, entitlement_id, file_id),
  foreign key (business_id, entitlement_id) references entitlements,
  foreign key (business_id, file_id) references files
);
create index entitlement_files_by_file on entitlement_files (business_id, file_id);

-- A product may have files of its own beside keys of its own: digital_product_delivery.
alter table entitlements drop constraint entitlements_business_id_product_id_key;
alter table entitlements add unique (business_id, product_id, integration_type);
alter table entitlements drop constraint entitlements_check;
alter table entitlements add check (product_id is null or integration_type in ('license_key', 'digital_files'));
