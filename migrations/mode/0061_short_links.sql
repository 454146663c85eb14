-- Short addresses under which a product can be bought, each with what its checkouts begin with (src/core/short-links).
create table short_links (
  business_id text not null references businesses,
  slug text not null check (slug ~ '^[a-z0-9]+([-_][a-z0-9]+)*$' and length(slug) <= 64),
  product_id text not null,
  static_checkout_params jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (business_id, slug),
  foreign key (business_id, product_id) references products
);
create index short_links_by_age on short_links (business_id, created_at desc);
