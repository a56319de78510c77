-- Which installation this registry is of, and where its work runs. One row, made when the registry is first opened.
create table installation (
  only_one      boolean     primary key default true check (only_one),
  id            text        not null,
  created_at    timestamptz not null,
  -- Whether work may exist from before there were installations.
  former_work   boolean     not null,
  namespace     text,
  namespace_id  text,
  cluster       text
);
