package dev.vitrine.bench.growth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Statements that make images in an empty registry: a twentieth of them of one project, each with a
 * tag and two properties, a second apart. Times are text on SQLite, as the registry keeps them.
 */
final class GeneratedRows {

  /** Has a twentieth of all images. */
  static final String PROJECT = "bench";

  private static final int CHUNK = 10_000;
  private static final String ID = "00000000-0000-4000-8000-";

  private GeneratedRows() {}

  static UUID id(int image) {
    return UUID.fromString(ID + "%012x".formatted(image));
  }

  static String checksum(int image) {
    return "%032d".formatted(image);
  }

  static String hash(int image) {
    return "%016d".formatted(image) + "0".repeat(112);
  }

  static Instant time(int image) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(image);
  }

  /**
   * The statements, each a transaction of its own: PostgreSQL finds a row that one transaction has
   * changed often slower each time, and that which adds up a project is such a row.
   *
   * @param transfers images that are {@code saving}
   */
  static List<String> of(int size, int transfers, boolean postgres) {
    List<String> all = new ArrayList<>();
    for (int from = 0; from < size; from += CHUNK) {
      all.addAll(chunk(from, Math.min(size, from + CHUNK), transfers, postgres));
    }
    all.add(postgres ? "vacuum analyze" : "pragma wal_checkpoint(truncate)");
    return all;
  }

  private static List<String> chunk(int from, int to, int transfers, boolean postgres) {
    String id =
        postgres
            ? "('%s' || lpad(to_hex(n), 12, '0'))::uuid".formatted(ID)
            : "printf('%s%%012x', n)".formatted(ID);
    String number = postgres ? "lpad(n::text, 32, '0')" : "printf('%032d', n)";
    // As of real ones, its beginning tells them apart.
    String start = postgres ? "lpad(n::text, 16, '0')" : "printf('%016d', n)";
    String time =
        postgres
            ? "timestamptz '2026-01-01 00:00:00Z' + n * interval '1 s'"
            : "strftime('%Y-%m-%dT%H:%M:%S', '2026-01-01', n || ' seconds') || '.000000Z'";
    String no = postgres ? "false" : "0";
    String numbers =
        "with recursive numbers (n) as (select %d union all select n + 1 from numbers where n < %d)"
            .formatted(from + 1, to);
    return List.of(
        """
        insert into images (id, name, status, size, checksum, os_hash_algo, os_hash_value,
                            disk_format, container_format, min_disk, min_ram, visibility, protected,
                            os_hidden, owner, created_at, updated_at, version)
        %s
        select %s, 'image ' || n, case when n <= %d then 'saving' else 'active' end,
               n * cast(1000003 as bigint), %s, 'sha512', %s || '%s', 'qcow2', 'bare', 0, 0,
               case when n %% 50 = 1 then 'public' when n %% 50 = 2 then 'community'
                    when n %% 3 = 0 then 'private' else 'shared' end,
               %s, %s, case when n %% 20 = 0 then '%s' else 'project ' || (n %% 997) end, %s, %s, 1
          from numbers
        """
            .formatted(
                numbers,
                id,
                transfers,
                number,
                start,
                "0".repeat(112),
                no,
                no,
                PROJECT,
                time,
                time),
        """
        insert into image_tags (image_id, position, tag)
        %s select %s, 0, 'tag ' || (n %% 100) from numbers
        """
            .formatted(numbers, id),
        """
        insert into image_properties (image_id, name, value)
        %s select %s, 'os_distro', 'distro ' || (n %% 7) from numbers
        """
            .formatted(numbers, id),
        """
        insert into image_properties (image_id, name, value)
        %s select %s, 'build', 'build ' || n from numbers
        """
            .formatted(numbers, id));
  }
}
