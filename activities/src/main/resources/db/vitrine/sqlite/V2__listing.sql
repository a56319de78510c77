-- Lists of images. Each index holds only what may be listed, in the order of a list: newest first, which is
-- the default, or by name, as Glance's command line asks. One of each for an admin, for a project's own images,
-- and for the images of one visibility.
create index images_listed on images (created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_listed_by_name on images (name, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_owner on images (owner, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_owner_by_name on images (owner, name, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_visibility on images (visibility, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index images_of_visibility_by_name on images (visibility, name, created_at, id)
  where status not in ('killed', 'deleted', 'pending_delete');
create index image_members_by_member on image_members (member, image_id);
