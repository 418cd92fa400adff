-- +migrate Up notransaction
create index concurrently orders_note on orders (note);

-- +migrate Down
drop index orders_note;
