-- Bytes of the disk that the data describes, as its inspection told; null where there was none.
alter table measured_data add column virtual_size integer;
