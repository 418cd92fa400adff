create table public.shares (
  note uuid references public.notes on delete cascade,
  reader uuid references auth.users on delete cascade,
  primary key (note, reader)
);
alter table public.shares enable row level security;
create policy "own shares" on public.shares to authenticated using (auth.uid() = reader);
create index concurrently notes_owner on public.notes (owner);
alter table public.notes add column shared boolean not null default false;
update public.notes set shared = true where body is null;
create table public.share_log (share bigint primary key, at timestamptz not null);
-- For the service role alone, which no policy holds back.
alter table public.share_log enable row level security;
