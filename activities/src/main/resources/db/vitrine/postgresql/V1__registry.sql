-- Every id that was ever used, so that a purged one is never given out again.
create table reserved_ids (
  noun        text        not null,
  id          uuid        not null,
  reserved_at timestamptz not null,
  primary key (noun, id)
);

create table images (
  id               uuid        primary key,
  name             text,
  status           text        not null,
  size             bigint,
  virtual_size     bigint,
  checksum         text,
  os_hash_algo     text,
  os_hash_value    text,
  disk_format      text,
  container_format text,
  min_disk         integer     not null,
  min_ram          integer     not null,
  visibility       text        not null,
  protected        boolean     not null,
  os_hidden        boolean     not null,
  owner            text        not null,
  failure_policy   text,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  deleted_at       timestamptz,
  scrub_at         timestamptz,
  version          bigint      not null
);
create index images_by_status on images (status, updated_at);

create table image_properties (
  image_id uuid not null references images (id) on delete cascade,
  name     text not null,
  value    text not null,
  primary key (image_id, name)
);

create table image_tags (
  image_id uuid    not null references images (id) on delete cascade,
  position integer not null,
  tag      text    not null,
  primary key (image_id, tag)
);

-- No cascade: an image with a location left can't be purged.
create table image_locations (
  seq          bigint      generated always as identity primary key,
  id           uuid        not null unique,
  image_id     uuid        not null references images (id),
  store        text        not null,
  key          text        not null,
  status       text        not null,
  updated_at   timestamptz not null,
  operation_id text        not null unique
);
create index image_locations_by_image on image_locations (image_id, seq);
create index image_locations_to_remove on image_locations (updated_at) where status = 'pending_delete';

create table image_members (
  seq        bigint      generated always as identity,
  image_id   uuid        not null references images (id) on delete cascade,
  member     text        not null,
  status     text        not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (image_id, member)
);

create table tasks (
  id         uuid        primary key,
  type       text        not null,
  status     text        not null,
  input      text        not null,
  result     text,
  message    text,
  owner      text        not null,
  user_id    text        not null,
  image_id   uuid,
  progress   text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz,
  version    bigint      not null
);
create index tasks_by_status on tasks (status, updated_at);
create index tasks_expiring on tasks (expires_at) where expires_at is not null;

-- The unique operation id is what makes a repeated change a no-op.
create table history (
  seq          bigint      generated always as identity primary key,
  noun         text        not null,
  subject      uuid        not null,
  from_status  text,
  to_status    text        not null,
  event        text        not null,
  changed_at   timestamptz not null,
  cause        text        not null,
  operation_id text        not null unique,
  workflow_id  text        not null,
  run_id       text        not null
);
create index history_by_subject on history (subject, seq);
