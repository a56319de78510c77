-- What an image had before the import that describes it as another region's, as JSON; null where none has.
alter table image_imports add column former text;
