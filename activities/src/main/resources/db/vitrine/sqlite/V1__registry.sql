-- Timestamps are ISO 8601 text of fixed width, in UTC, to the microsecond: their order is that of time.
-- Every id that was ever used, so that a purged one is never given out again.
create table reserved_ids (
  noun        text    not null,
  id          text    not null,
  reserved_at text    not null,
  primary key (noun, id)
);

create table images (
  id               text    primary key,
  name             text,
  status           text    not null,
  size             integer,
  virtual_size     integer,
  checksum         text,
  os_hash_algo     text,
  os_hash_value    text,
  disk_format      text,
  container_format text,
  min_disk         integer not null,
  min_ram          integer not null,
  visibility       text    not null,
  protected        integer not null,
  os_hidden        integer not null,
  owner            text    not null,
  failure_policy   text,
  created_at       text    not null,
  updated_at       text    not null,
  deleted_at       text,
  scrub_at         text,
  version          integer not null
);
create index images_by_status on images (status, updated_at);

create table image_properties (
  image_id text    not null references images (id) on delete cascade,
  name     text    not null,
  value    text    not null,
  primary key (image_id, name)
);

create table image_tags (
  image_id text    not null references images (id) on delete cascade,
  position integer not null,
  tag      text    not null,
  primary key (image_id, tag)
);

-- No cascade: an image with a location left can't be purged.
create table image_locations (
  seq          integer primary key autoincrement,
  id           text    not null unique,
  image_id     text    not null references images (id),
  store        text    not null,
  key          text    not null,
  status       text    not null,
  updated_at   text    not null,
  operation_id text    not null unique
);
create index image_locations_by_image on image_locations (image_id, seq);
create index image_locations_to_remove on image_locations (updated_at) where status = 'pending_delete';

create table image_members (
  seq        integer primary key autoincrement,
  image_id   text    not null references images (id) on delete cascade,
  member     text    not null,
  status     text    not null,
  created_at text    not null,
  updated_at text    not null,
  unique (image_id, member)
);

create table tasks (
  id         text    primary key,
  type       text    not null,
  status     text    not null,
  input      text    not null,
  result     text,
  message    text,
  owner      text    not null,
  user_id    text    not null,
  image_id   text,
  progress   text,
  created_at text    not null,
  updated_at text    not null,
  expires_at text,
  version    integer not null
);
create index tasks_by_status on tasks (status, updated_at);
create index tasks_expiring on tasks (expires_at) where expires_at is not null;

-- The unique operation id is what makes a repeated change a no-op.
create table history (
  seq          integer primary key autoincrement,
  noun         text    not null,
  subject      text    not null,
  from_status  text,
  to_status    text    not null,
  event        text    not null,
  changed_at   text    not null,
  cause        text    not null,
  operation_id text    not null unique,
  workflow_id  text    not null,
  run_id       text    not null
);
create index history_by_subject on history (subject, seq);
