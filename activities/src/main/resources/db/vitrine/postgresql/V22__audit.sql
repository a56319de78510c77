-- On whose behalf a status changed, in which request of the API, and whose the image or task was: for the audit. Null in
-- what was written before, and in what a process of the release before writes beside this one.
alter table history add column owner text;
alter table history add column by_user text;
alter table history add column by_project text;
alter table history add column request_id text;

-- Each in the order of the list that is read by it.
create index history_by_time on history (changed_at, seq);
create index history_by_owner on history (owner, changed_at, seq);
create index history_by_user on history (by_user, changed_at, seq);
create index history_by_project on history (by_project, changed_at, seq);
create index history_by_event on history (event, changed_at, seq);
