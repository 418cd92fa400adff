drop view present;
drop policy own on parties;
drop trigger parties_touch on parties;
alter table parties add column email text default '', alter column name type varchar(20), drop column since;
alter table parties add constraint owed_little check (owed < 1000) not valid;
alter table parties validate constraint owed_little;
alter table parties alter column notes type jsonb using notes::jsonb;
alter table parties rename column feeling to temper;
alter table parties alter column email set not null;
alter type mood add value 'foul';
create unique index parties_email on parties (email, id);
create table visits_high partition of visits for values from (1000) to (2000);
alter table visits detach partition visits_low;
create or replace view present as select id from parties;
drop materialized view counted;
drop function shout(text);
do $$
begin
  alter table parties add column if not exists phone text;
  update parties set phone = '' where phone is null;
end $$;
update parties set owed = owed * 2 where id in (select party_id from visits where at < current_date - interval '30 days');
delete from visits where at < '2020-01-01' and id > 0;
insert into parties (id, name, email) select id + 100, name || '!', '' from parties where id < 3 on conflict do nothing;
grant select on parties to public;
truncate visits;
alter table visits rename to calls;
drop table calls;
