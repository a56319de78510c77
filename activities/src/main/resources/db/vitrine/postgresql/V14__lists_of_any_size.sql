-- What lists of a million images read. Every index of a list begins with what the question fixes, and goes on in the
-- order of the answer, so that a page reads little more than its own rows. os_hidden is fixed in every question.
drop index images_listed;
drop index images_listed_by_name;
drop index images_of_owner;
drop index images_of_owner_by_name;
drop index images_of_visibility;
drop index images_of_visibility_by_name;

-- Everybody's images, for an admin.
create index images_by_created on images (os_hidden, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_by_updated on images (os_hidden, updated_at, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_by_name on images (os_hidden, name collate "C" nulls first, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_by_size on images (os_hidden, size nulls first, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_by_state on images (os_hidden, status collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_by_checksum on images (os_hidden, checksum collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and checksum is not null;
create index images_by_hash on images (os_hidden, substr(os_hash_value, 1, 16) collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and os_hash_value is not null;
create index images_of_visibility on images (os_hidden, visibility, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');

-- A project's own.
create index images_of_owner_by_created on images (owner, os_hidden, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_owner_by_updated on images (owner, os_hidden, updated_at, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_owner_by_name on images (owner, os_hidden, name collate "C" nulls first, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_owner_by_size on images (owner, os_hidden, size nulls first, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_owner_by_state on images (owner, os_hidden, status collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_owner_by_checksum on images (owner, os_hidden, checksum collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and checksum is not null;
create index images_of_owner_by_hash
  on images (owner, os_hidden, substr(os_hash_value, 1, 16) collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and os_hash_value is not null;
create index images_of_owner_and_visibility on images (owner, os_hidden, visibility, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');

-- Those that others see.
create index images_open_by_updated on images (visibility, os_hidden, updated_at, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and visibility not in ('private', 'shared');
create index images_open_by_name on images (visibility, os_hidden, name collate "C" nulls first, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and visibility not in ('private', 'shared');
create index images_open_by_size on images (visibility, os_hidden, size nulls first, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and visibility not in ('private', 'shared');
create index images_open_by_state on images (visibility, os_hidden, status collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and visibility not in ('private', 'shared');
create index images_open_by_checksum on images (visibility, os_hidden, checksum collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and visibility not in ('private', 'shared')
    and checksum is not null;
create index images_open_by_hash
  on images (visibility, os_hidden, substr(os_hash_value, 1, 16) collate "C", created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete') and visibility not in ('private', 'shared')
    and os_hash_value is not null;

-- What reconciliation and the purge look through, and nothing that is at rest.
drop index images_by_status;
create index images_saving on images (updated_at, id) where status = 'saving';
create index images_to_scrub on images (scrub_at) where status = 'pending_delete';
create index images_deleted on images (updated_at, id) where status = 'deleted';
create index tasks_in_transit on tasks (created_at, id) where status in ('pending', 'processing');

-- Tags and properties repeat what bounds a list of their image, and its place in the usual order; listed_at is null
-- for an image that no list shows. The database keeps it so, whichever release writes.
alter table image_tags
  add column owner text, add column visibility text, add column os_hidden boolean, add column listed_at timestamptz;
alter table image_properties
  add column owner text, add column visibility text, add column os_hidden boolean, add column listed_at timestamptz,
  -- A value may be longer than an entry of an index; its first characters tell most apart.
  add column value_start text generated always as (substr(value, 1, 64)) stored;

create function vitrine_bound() returns trigger language plpgsql as $$
begin
  select i.owner, i.visibility, i.os_hidden,
         case when i.status not in ('killed', 'deleted', 'pending_delete') then i.created_at end
    into new.owner, new.visibility, new.os_hidden, new.listed_at
    from images i where i.id = new.image_id;
  return new;
end $$;
create trigger image_tags_bound before insert on image_tags
  for each row when (new.owner is null) execute function vitrine_bound();
create trigger image_properties_bound before insert on image_properties
  for each row when (new.owner is null) execute function vitrine_bound();

create function vitrine_rebound() returns trigger language plpgsql as $$
declare
  listed timestamptz :=
    case when new.status not in ('killed', 'deleted', 'pending_delete') then new.created_at end;
begin
  update image_tags
     set owner = new.owner, visibility = new.visibility, os_hidden = new.os_hidden, listed_at = listed
   where image_id = new.id;
  update image_properties
     set owner = new.owner, visibility = new.visibility, os_hidden = new.os_hidden, listed_at = listed
   where image_id = new.id;
  return null;
end $$;
create trigger images_rebound after update on images
  for each row when (
    (old.owner, old.visibility, old.os_hidden, old.status in ('killed', 'deleted', 'pending_delete'))
    is distinct from
    (new.owner, new.visibility, new.os_hidden, new.status in ('killed', 'deleted', 'pending_delete')))
  execute function vitrine_rebound();

update image_tags t
   set owner = i.owner, visibility = i.visibility, os_hidden = i.os_hidden,
       listed_at = case when i.status not in ('killed', 'deleted', 'pending_delete') then i.created_at end
  from images i where i.id = t.image_id;
update image_properties p
   set owner = i.owner, visibility = i.visibility, os_hidden = i.os_hidden,
       listed_at = case when i.status not in ('killed', 'deleted', 'pending_delete') then i.created_at end
  from images i where i.id = p.image_id;

-- Those of everybody say so in their condition, or the narrower index would be taken for a project's lists, too.
create index image_tags_of_all on image_tags (os_hidden, tag collate "C", listed_at, image_id)
  where listed_at is not null and coalesce(owner, '') is not null;
create index image_tags_of_owner on image_tags (owner, os_hidden, tag collate "C", listed_at, image_id)
  where listed_at is not null;
create index image_tags_open on image_tags (visibility, os_hidden, tag collate "C", listed_at, image_id)
  where listed_at is not null and visibility not in ('private', 'shared');
create index image_properties_of_all
  on image_properties (os_hidden, name collate "C", value_start collate "C", listed_at, image_id)
  where listed_at is not null and coalesce(owner, '') is not null;
create index image_properties_of_owner
  on image_properties (owner, os_hidden, name collate "C", value_start collate "C", listed_at, image_id)
  where listed_at is not null;
create index image_properties_open
  on image_properties (visibility, os_hidden, name collate "C", value_start collate "C", listed_at, image_id)
  where listed_at is not null and visibility not in ('private', 'shared');
