-- What the listed images of a project add up to, so that neither a quota nor the answer about usage counts them. There
-- is one slot: SQLite has one writer. An image counts as 1 PiB at most: whatever is declared, the sum of thousands
-- stays a number of 64 bits. The database keeps it so, whichever release writes.
create table project_usage (
  project   text    not null,
  slot      integer not null,
  images    integer not null,
  bytes     integer not null,
  uploading integer not null,
  primary key (project, slot)
);

create trigger images_usage_inserted after insert on images
begin
  insert into project_usage
  select new.owner, 0, 1, min(max(coalesce(new.size, 0), new.reserved), 1125899906842624), (new.status = 'saving')
   where new.status not in ('killed', 'deleted', 'pending_delete')
      on conflict (project, slot) do update
     set images = images + excluded.images, bytes = bytes + excluded.bytes, uploading = uploading + excluded.uploading;
end;
create trigger images_usage_deleted after delete on images
begin
  insert into project_usage
  select old.owner, 0, -1, -min(max(coalesce(old.size, 0), old.reserved), 1125899906842624), -(old.status = 'saving')
   where old.status not in ('killed', 'deleted', 'pending_delete')
      on conflict (project, slot) do update
     set images = images + excluded.images, bytes = bytes + excluded.bytes, uploading = uploading + excluded.uploading;
end;
create trigger images_usage_changed after update on images
  when (old.owner, old.status in ('killed', 'deleted', 'pending_delete'), old.status = 'saving',
        min(max(coalesce(old.size, 0), old.reserved), 1125899906842624))
    is not (new.owner, new.status in ('killed', 'deleted', 'pending_delete'), new.status = 'saving',
            min(max(coalesce(new.size, 0), new.reserved), 1125899906842624))
begin
  insert into project_usage
  select old.owner, 0, -1, -min(max(coalesce(old.size, 0), old.reserved), 1125899906842624), -(old.status = 'saving')
   where old.status not in ('killed', 'deleted', 'pending_delete')
      on conflict (project, slot) do update
     set images = images + excluded.images, bytes = bytes + excluded.bytes, uploading = uploading + excluded.uploading;
  insert into project_usage
  select new.owner, 0, 1, min(max(coalesce(new.size, 0), new.reserved), 1125899906842624), (new.status = 'saving')
   where new.status not in ('killed', 'deleted', 'pending_delete')
      on conflict (project, slot) do update
     set images = images + excluded.images, bytes = bytes + excluded.bytes, uploading = uploading + excluded.uploading;
end;

insert into project_usage
select owner, 0, count(*), sum(min(max(coalesce(size, 0), reserved), 1125899906842624)), count(case when status = 'saving' then 1 end)
  from images where status not in ('killed', 'deleted', 'pending_delete') group by owner;
