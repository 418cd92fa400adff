create table public.notes (
  id uuid primary key default uuid_generate_v4(),
  owner uuid not null default auth.uid() references auth.users on delete cascade,
  token text not null default encode(gen_random_bytes(16), 'hex'),
  body text
);
alter table public.notes enable row level security;
create policy "own notes" on public.notes to authenticated using (auth.uid() = owner);
create function public.on_sign_up() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.notes (owner, body) values (new.id, 'Welcome');
  return new;
end $$;
create trigger welcome after insert on auth.users for each row execute function public.on_sign_up();
insert into storage.buckets (id, name) values ('covers', 'covers');
create policy "own covers" on storage.objects to authenticated
  using (bucket_id = 'covers' and auth.uid()::text = (storage.foldername(name))[1]);
alter publication supabase_realtime add table public.notes;
