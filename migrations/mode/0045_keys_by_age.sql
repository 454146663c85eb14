-- A customer's keys and a key's devices are read page by page, newest first, however many there are.

drop index license_keys_by_customer;
create index license_keys_by_customer on license_keys (business_id, customer_id, created_at desc, license_key_id desc);

drop index license_key_instances_by_key;
create index license_key_instances_by_key on license_key_instances
  (business_id, license_key_id, created_at desc, license_key_instance_id desc);
