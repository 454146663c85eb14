-- What a checkout's page asks and shows where the shop wants it otherwise.

alter table checkout_sessions
  -- Null: the page as it is.
  add page_rules jsonb,
  -- Null: the business's own.
  add look jsonb,
  -- The buyer chooses one of its products; null where the cart is the shop's.
  add product_collection_id text,
  -- What the buyer answered, in the order of the questions.
  add custom_field_responses jsonb,
  add foreign key (business_id, product_collection_id) references product_collections;

alter table subscriptions add custom_field_responses jsonb;

alter table payments add custom_field_responses jsonb;
