-- What a checkout, a link and a brand ask of the page on which somebody pays.

alter table checkout_sessions
  -- Kinds of methods in the words of the API; null: whatever the processor has.
  add allowed_payment_method_types text[] check (cardinality(allowed_payment_method_types) > 0),
  -- The bank asks the holder of every card, here and at later pages of what is begun.
  add force_3ds boolean not null default false;

alter table pay_links
  add allowed_payment_method_types text[] check (cardinality(allowed_payment_method_types) > 0);

alter table brands
  -- What banks print; null: what the processor does by itself.
  add statement_descriptor text check (
    statement_descriptor ~ '^[ -~]{5,22}$' and statement_descriptor ~ '[A-Za-z]' and statement_descriptor !~ '[<>\\''"*]'
  );
