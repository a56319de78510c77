-- Whether the process that published a task's file has said so; the step to success asks it.
alter table tasks add column exported boolean not null default false;
