alter table orders drop column placed_at;
