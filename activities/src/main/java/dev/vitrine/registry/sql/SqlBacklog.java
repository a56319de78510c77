package dev.vitrine.registry.sql;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.database.Database;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.registry.Backlog;
import dev.vitrine.registry.BacklogRow;
import dev.vitrine.registry.InTransit;
import dev.vitrine.task.TaskStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows in transit. */
record SqlBacklog(Database database, Duration stagingTime) implements Backlog {

  private static final List<ImageStatus> IMAGES =
      List.of(
          ImageStatus.SAVING,
          ImageStatus.UPLOADING,
          ImageStatus.IMPORTING,
          ImageStatus.PENDING_DELETE);

  private static final List<TaskStatus> TASKS = List.of(TaskStatus.PENDING, TaskStatus.PROCESSING);

  @Override
  public List<BacklogRow> page(Finding.Kind kind, @Nullable ScanMark after, int limit) {
    return database.read(
        "backlog",
        handle -> new BacklogTables(handle, stagingTime).page(kind, database.now(), after, limit));
  }

  @Override
  public boolean holds(BacklogRow row) {
    return database.read(
        "row of backlog",
        handle -> new BacklogTables(handle, stagingTime).holds(row, database.now()));
  }

  @Override
  public InTransit count() {
    return database.read(
        "count in transit",
        handle -> {
          Map<ImageStatus, Integer> images = new EnumMap<>(ImageStatus.class);
          for (ImageStatus status : IMAGES) {
            images.put(status, count(handle, "images", status.toString()));
          }
          Map<TaskStatus, Integer> tasks = new EnumMap<>(TaskStatus.class);
          for (TaskStatus status : TASKS) {
            tasks.put(status, count(handle, "tasks", status.toString()));
          }
          return new InTransit(images, tasks);
        });
  }

  /** The status is no parameter: an index of the rows in transit is chosen by its value. */
  private static int count(Handle handle, String table, String status) {
    return handle
        .createQuery(
            "select count(*) from (select 1 from %s where status = '%s' limit %d) as counted"
                .formatted(table, status, InTransit.MOST))
        .mapTo(Integer.class)
        .one();
  }
}
