-- What a customer paid for is searched in the index alone, however long their history is.
alter table dues_lines add column customer_id text;
update dues_lines l set customer_id = d.customer_id from dues d where d.business_id = l.business_id and d.dues_id = l.dues_id;
alter table dues_lines alter column customer_id set not null;
create index dues_lines_by_customer on dues_lines (business_id, customer_id) include (dues_id, description);
