-- Pictures a business gives us to serve: its logo. The name is that of the content (its hash and size in pixels), so that an address
-- never shows anything else.
create table business_images (
  business_id text not null references businesses,
  file text not null check (file ~ '^[0-9a-f]{32}-[0-9]{1,4}x[0-9]{1,4}\.(png|jpg|webp)$'),
  content bytea not null check (octet_length(content) between 1 and 204800),
  created_at timestamptz not null,
  primary key (business_id, file)
);
create index business_images_by_age on business_images (business_id, created_at desc, file desc);
