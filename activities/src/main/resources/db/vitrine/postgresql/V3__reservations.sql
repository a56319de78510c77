-- Bytes that an upload under way takes of its project's quota; 0 for an image that no upload holds.
alter table images add column reserved bigint not null default 0;
