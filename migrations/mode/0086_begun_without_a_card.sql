-- Plans that may begin before there is a payment method.

alter table products
  -- A free trial of it.
  add trial_payment_method_optional boolean not null default false,
  -- Where nothing is due at first: it costs nothing, or a discount takes all of it.
  add zero_amount_payment_method_optional boolean not null default false,
  add check (price_type = 'recurring_price' or not (trial_payment_method_optional or zero_amount_payment_method_optional));
