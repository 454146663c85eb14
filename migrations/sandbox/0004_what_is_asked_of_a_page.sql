-- What a request asks of the person at a page, and what it prints on the statement of whoever paid.

alter table intents
  -- Null: what the processor prints by itself.
  add statement_descriptor text;

alter table pages
  -- The kinds of methods that may be entered, in the words of the API; null: all that there are.
  add allowed_types text[] check (cardinality(allowed_types) > 0),
  -- The bank asks the holder of every card.
  add challenge boolean not null default false;

alter table tries
  -- What the bank says of a card once its holder has approved; null: it pays.
  add declined_after text,
  add check (declined_after is null or method_id is not null);
