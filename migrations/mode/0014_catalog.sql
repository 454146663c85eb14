-- Collections that can be edited, put away and brought back, and prices in other currencies.

alter table product_collections add updated_at timestamptz;
update product_collections set updated_at = created_at;
alter table product_collections alter updated_at set not null;
create index product_collections_by_age on product_collections (business_id, created_at desc, product_collection_id desc);

alter table product_collection_groups add enabled boolean not null default true;
create unique index product_collection_groups_by_name on product_collection_groups (business_id, product_collection_id, group_name)
  where group_name is not null;

-- A product of an archived collection is free for another one.
alter table product_collection_items
  drop constraint product_collection_items_business_id_product_id_key,
  add released_at timestamptz;
create unique index product_collection_items_one_each on product_collection_items (business_id, product_id)
  where released_at is null;
create index product_collection_items_by_group on product_collection_items (business_id, group_id);
create index product_collection_groups_by_collection on product_collection_groups (business_id, product_collection_id);

create index addons_by_age on addons (business_id, created_at desc, addon_id desc);

-- How the price of a product is found for a buyer: by the currency they pay in, or by their country. Null: one price for all.
create type pricing_mode as enum ('by_currency', 'by_country');
alter table products add pricing_mode pricing_mode;

create table localized_prices (
  business_id text not null,
  localized_price_id text not null,
  product_id text not null,
  mode pricing_mode not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  country_code text check (country_code ~ '^[A-Z]{2}$'),
  amount bigint not null check (amount between 1 and 1000000000000),
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, localized_price_id),
  foreign key (business_id, product_id) references products,
  check ((mode = 'by_country') = (country_code is not null))
);
create unique index localized_prices_one_each on localized_prices (business_id, product_id, mode, currency, coalesce(country_code, ''))
  where archived_at is null;
