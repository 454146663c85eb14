-- Names a business sells under beside its own. Its own is the primary brand: it has no row here, and no brand_id says that it is meant.
create table brands (
  business_id text not null references businesses,
  brand_id text not null,
  name text,
  description text,
  url text,
  support_email text,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (business_id, brand_id)
);
alter table products add column brand_id text;
alter table products add foreign key (business_id, brand_id) references brands;
create index products_by_brand on products (business_id, brand_id) where brand_id is not null;
alter table product_collections add column brand_id text;
alter table product_collections add foreign key (business_id, brand_id) references brands;
