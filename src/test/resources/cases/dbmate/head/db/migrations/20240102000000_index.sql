-- migrate:up transaction:false
create index concurrently orders_note on orders (note);

-- migrate:down
drop index orders_note;
