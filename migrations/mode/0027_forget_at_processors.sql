-- Wall time at which the processors are asked to forget an erased customer; null once they were.
alter table customers add forget_at_processors_at timestamptz check (forget_at_processors_at is null or erased_at is not null);
create index customers_to_forget on customers (forget_at_processors_at) where forget_at_processors_at is not null;
