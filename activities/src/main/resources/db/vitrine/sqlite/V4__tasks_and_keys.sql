create index tasks_listed on tasks (created_at, id);
create index tasks_of_owner on tasks (owner, created_at, id);
create index tasks_of_image on tasks (image_id, created_at, id) where image_id is not null;

-- What a client's idempotency key stands for. A row is claimed before a task of that id exists.
create table idempotency_keys (
  project     text not null,
  key         text not null,
  fingerprint text not null,
  subject     text not null,
  expires_at  text not null,
  primary key (project, key)
);
create index idempotency_keys_expiring on idempotency_keys (expires_at);
