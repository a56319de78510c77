-- The import that an image has, or had last: whose task it is and what came of it, which is null while it goes on. The
-- row is what keeps a second import away.
create table image_imports (
  image_id   uuid primary key references images (id) on delete cascade,
  task_id    uuid not null,
  method     text not null,
  outcome    text,
  started_at timestamptz not null
);
create index image_imports_under_way on image_imports (started_at, image_id) where outcome is null;

-- What reconciliation looks through of images in transit, as for those that are saving; the table above has those that
-- are importing.
create index images_uploading on images (updated_at, id) where status = 'uploading';

-- Who asked for a task, in which request of the API; null where nobody told.
alter table tasks add column request_id text;

-- An upload, a stage and an import are what counts as uploading.
create or replace function vitrine_usage() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.status not in ('killed', 'deleted', 'pending_delete') then
    if tg_op = 'UPDATE' and new.owner = old.owner and new.status not in ('killed', 'deleted', 'pending_delete') then
      perform vitrine_add_usage(
        new.owner, 0,
        vitrine_bytes(new.size, new.reserved) - vitrine_bytes(old.size, old.reserved),
        (new.status in ('saving', 'uploading', 'importing'))::integer - (old.status in ('saving', 'uploading', 'importing'))::integer);
      return null;
    end if;
    perform vitrine_add_usage(
      old.owner, -1, -vitrine_bytes(old.size, old.reserved), -(old.status in ('saving', 'uploading', 'importing'))::integer);
  end if;
  if tg_op <> 'DELETE' and new.status not in ('killed', 'deleted', 'pending_delete') then
    perform vitrine_add_usage(
      new.owner, 1, vitrine_bytes(new.size, new.reserved), (new.status in ('saving', 'uploading', 'importing'))::integer);
  end if;
  return null;
end $$;

drop trigger images_usage_changed on images;
create trigger images_usage_changed after update on images
  for each row when (
    (old.owner, old.status in ('killed', 'deleted', 'pending_delete'), old.status in ('saving', 'uploading', 'importing'),
     vitrine_bytes(old.size, old.reserved))
    is distinct from
    (new.owner, new.status in ('killed', 'deleted', 'pending_delete'), new.status in ('saving', 'uploading', 'importing'),
     vitrine_bytes(new.size, new.reserved)))
  execute function vitrine_usage();
