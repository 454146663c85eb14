-- Pictures of what is sold, beside logos. All are drawn anew before they are kept; those of pages bring a small one along.
alter table business_images drop constraint business_images_content_check;
alter table business_images add check (octet_length(content) between 1 and 2097152);
alter table business_images add column thumbnail bytea check (octet_length(thumbnail) between 1 and 65536);

-- Nothing could write it before now.
update products set image = null where image is not null;
alter table products add foreign key (business_id, image) references business_images;
alter table addons add column image text;
alter table addons add foreign key (business_id, image) references business_images;
alter table product_collections add column image text;
alter table product_collections add foreign key (business_id, image) references business_images;
alter table brands add column image text;
alter table brands add foreign key (business_id, image) references business_images;

create index products_by_image on products (business_id, image) where image is not null;
create index addons_by_image on addons (business_id, image) where image is not null;
create index product_collections_by_image on product_collections (business_id, image) where image is not null;
create index brands_by_image on brands (business_id, image) where image is not null;

-- What came by a signed address, under the id that was handed out with it.
create table image_uploads (
  business_id text not null references businesses,
  image_id uuid not null,
  -- What it may be shown on.
  place text not null check (place in ('products', 'addons', 'product_collections', 'brands')),
  file text not null,
  uploaded_at timestamptz not null,
  primary key (business_id, image_id),
  foreign key (business_id, file) references business_images on delete cascade
);
create index image_uploads_by_file on image_uploads (business_id, file);
