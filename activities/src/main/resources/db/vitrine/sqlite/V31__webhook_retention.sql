-- When a process last said that it tells this webhook; null where none has since there is this column.
alter table webhooks add column served_at text;

create index dead_letters_by_age on dead_letters (buried_at);
