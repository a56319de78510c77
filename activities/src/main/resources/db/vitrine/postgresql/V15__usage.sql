-- What the listed images of a project add up to, so that neither a quota nor the answer about usage counts them. Each
-- transaction changes one of 16 slots, so that two that make images in one project do not wait for one another. The
-- database keeps it so, whichever release writes.
create table project_usage (
  project   text    not null,
  slot      integer not null,
  images    bigint  not null,
  bytes     bigint  not null,
  uploading bigint  not null,
  primary key (project, slot)
) with (fillfactor = 50);

-- An image counts as 1 PiB at most: whatever is declared, the sum of thousands stays a number of 64 bits.
create function vitrine_bytes(size bigint, reserved bigint) returns bigint immutable language sql as $$
  select least(greatest(coalesce(size, 0), reserved), 1125899906842624)
$$;
create function vitrine_add_usage(project text, images integer, bytes bigint, uploading integer) returns void
  language sql as $$
  insert into project_usage as u values (project, pg_backend_pid() % 16, images, bytes, uploading)
      on conflict on constraint project_usage_pkey do update
     set images = u.images + excluded.images, bytes = u.bytes + excluded.bytes,
         uploading = u.uploading + excluded.uploading
$$;
create function vitrine_usage() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.status not in ('killed', 'deleted', 'pending_delete') then
    if tg_op = 'UPDATE' and new.owner = old.owner and new.status not in ('killed', 'deleted', 'pending_delete') then
      perform vitrine_add_usage(
        new.owner, 0,
        vitrine_bytes(new.size, new.reserved) - vitrine_bytes(old.size, old.reserved),
        (new.status = 'saving')::integer - (old.status = 'saving')::integer);
      return null;
    end if;
    perform vitrine_add_usage(
      old.owner, -1, -vitrine_bytes(old.size, old.reserved), -(old.status = 'saving')::integer);
  end if;
  if tg_op <> 'DELETE' and new.status not in ('killed', 'deleted', 'pending_delete') then
    perform vitrine_add_usage(
      new.owner, 1, vitrine_bytes(new.size, new.reserved), (new.status = 'saving')::integer);
  end if;
  return null;
end $$;

-- Before what is counted first: from here on nobody else changes images until this is done.
create trigger images_usage after insert or delete on images for each row execute function vitrine_usage();
create trigger images_usage_changed after update on images
  for each row when (
    (old.owner, old.status in ('killed', 'deleted', 'pending_delete'), old.status = 'saving',
     vitrine_bytes(old.size, old.reserved))
    is distinct from
    (new.owner, new.status in ('killed', 'deleted', 'pending_delete'), new.status = 'saving',
     vitrine_bytes(new.size, new.reserved)))
  execute function vitrine_usage();

insert into project_usage
select owner, 0, count(*), sum(vitrine_bytes(size, reserved)), count(case when status = 'saving' then 1 end)
  from images where status not in ('killed', 'deleted', 'pending_delete') group by owner;
