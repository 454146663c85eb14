-- The words of a customer's lines are few, however many lines there are: each is found once, and then the lines that have it.
create index dues_lines_by_words on dues_lines (business_id, customer_id, description) include (dues_id);
drop index dues_lines_by_customer;
