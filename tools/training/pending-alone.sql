-- drydock:allow unrestricted-update: nothing is in it yet
update parties set owed = 0;
create index concurrently parties_temper on parties (temper);
vacuum parties;
