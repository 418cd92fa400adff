alter table orders add column closed boolean not null default false;
