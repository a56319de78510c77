-- Who deactivated an image that is deactivated. What was deactivated before has no row: an admin did it.
create table image_deactivations (
  image_id       uuid        primary key references images (id) on delete cascade,
  user_id        text        not null,
  project        text        not null,
  deactivated_at timestamptz not null
);
