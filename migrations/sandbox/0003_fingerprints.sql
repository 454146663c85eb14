-- Names the same card or UPI id however often it is entered; the number itself is never stored.
alter table methods add fingerprint text;
