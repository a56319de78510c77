-- How many tasks of a project are not over.
create index tasks_open_of_owner on tasks (owner) where status in ('pending', 'processing');
