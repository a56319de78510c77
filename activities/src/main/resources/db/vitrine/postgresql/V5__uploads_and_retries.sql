-- How many uploads of the image have begun, and the workflow of the last one. Numbers give each a workflow id of its
-- own, so that none meets what is left of the one before; null for one that began before there were numbers.
alter table images add column uploads integer not null default 0;
alter table images add column upload_workflow text;
-- The failed task that this one repeats.
alter table tasks add column retry_of uuid;
