-- The import that an image has, or had last: whose task it is and what came of it, which is null while it goes on. The
-- row is what keeps a second import away.
create table image_imports (
  image_id   text primary key references images (id) on delete cascade,
  task_id    text not null,
  method     text not null,
  outcome    text,
  started_at text not null
);
create index image_imports_under_way on image_imports (started_at, image_id) where outcome is null;

-- What reconciliation looks through of images in transit, as for those that are saving; the table above has those that
-- are importing.
create index images_uploading on images (updated_at, id) where status = 'uploading';

-- Who asked for a task, in which request of the API; null where nobody told.
alter table tasks add column request_id text;

-- An upload, a stage and an import are what counts as uploading.
drop trigger images_usage_inserted;
drop trigger images_usage_deleted;
drop trigger images_usage_changed;
create trigger images_usage_inserted after insert on images
begin
  insert into project_usage
  select new.owner, 0, 1, min(max(coalesce(new.size, 0), new.reserved), 1125899906842624), (new.status in ('saving', 'uploading', 'importing'))
   where new.status not in ('killed', 'deleted', 'pending_delete')
      on conflict (project, slot) do update
     set images = images + excluded.images, bytes = bytes + excluded.bytes, uploading = uploading + excluded.uploading;
end;
create trigger images_usage_deleted after delete on images
begin
  insert into project_usage
  select old.owner, 0, -1, -min(max(coalesce(old.size, 0), old.reserved), 1125899906842624), -(old.status in ('saving', 'uploading', 'importing'))
   where old.status not in ('killed', 'deleted', 'pending_delete')
      on conflict (project, slot) do update
     set images = images + excluded.images, bytes = bytes + excluded.bytes, uploading = uploading + excluded.uploading;
end;
create trigger images_usage_changed after update on images
  when (old.owner, old.status in ('killed', 'deleted', 'pending_delete'), old.status in ('saving', 'uploading', 'importing'),
        min(max(coalesce(old.size, 0), old.reserved), 1125899906842624))
    is not (new.owner, new.status in ('killed', 'deleted', 'pending_delete'), new.status in ('saving', 'uploading', 'importing'),
            min(max(coalesce(new.size, 0), new.reserved), 1125899906842624))
begin
  insert into project_usage
  select old.owner, 0, -1, -min(max(coalesce(old.size, 0), old.reserved), 1125899906842624), -(old.status in ('saving', 'uploading', 'importing'))
   where old.status not in ('killed', 'deleted', 'pending_delete')
      on conflict (project, slot) do update
     set images = images + excluded.images, bytes = bytes + excluded.bytes, uploading = uploading + excluded.uploading;
  insert into project_usage
  select new.owner, 0, 1, min(max(coalesce(new.size, 0), new.reserved), 1125899906842624), (new.status in ('saving', 'uploading', 'importing'))
   where new.status not in ('killed', 'deleted', 'pending_delete')
      on conflict (project, slot) do update
     set images = images + excluded.images, bytes = bytes + excluded.bytes, uploading = uploading + excluded.uploading;
end;
