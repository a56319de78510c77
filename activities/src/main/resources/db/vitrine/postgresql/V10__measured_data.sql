-- What was measured of the data of a location, by the process that wrote it there; null until then.
-- Uploads that began in a release without this table have no row.
create table measured_data (
  location_id uuid   primary key references image_locations (id) on delete cascade,
  size        bigint,
  checksum    text,
  sha512      text
);
