-- The disk format that the data of an import was converted to; null where it is what it came as.
alter table measured_data add column disk_format text;
