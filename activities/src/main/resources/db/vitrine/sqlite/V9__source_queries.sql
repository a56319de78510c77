-- The query strings of sources' URLs, encrypted: workflows and tasks have only their ids.
create table source_queries (
  id         text not null primary key,
  sealed     text not null,
  created_at text not null
);
create index source_queries_by_age on source_queries (created_at);

-- The key for them where the settings name none: one row.
create table source_key (
  only_one integer not null primary key check (only_one = 1),
  key      text not null
);

-- Which of them a task needs, and a new try of it.
alter table tasks add column source_query text;
create index tasks_of_source_query on tasks (source_query) where source_query is not null;
