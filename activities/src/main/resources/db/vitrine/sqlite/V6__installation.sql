-- Which installation this registry is of, and where its work runs. One row, made when the registry is first opened.
create table installation (
  only_one      integer primary key default 1 check (only_one = 1),
  id            text    not null,
  created_at    text    not null,
  -- Whether work may exist from before there were installations.
  former_work   integer not null,
  namespace     text,
  namespace_id  text,
  cluster       text
);
