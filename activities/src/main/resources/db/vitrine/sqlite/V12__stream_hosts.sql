-- Processes that hold clients' streams, and how often each has given a sign of life.
create table stream_hosts (
  task_queue text primary key,
  signs      integer not null,
  signed_at  text not null
);
