-- +goose NO TRANSACTION
-- +goose Up
create index concurrently orders_note on orders (note);
alter table orders rename column note to remark;

-- +goose Down
alter table orders rename column remark to note;
drop index orders_note;
