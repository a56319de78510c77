package dev.vitrine.registry.sql;

import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.database.Conditions;
import dev.vitrine.database.Keyset;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.listing.TaskQuery.SortField;
import dev.vitrine.registry.TaskRecords;
import dev.vitrine.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the tasks that somebody may see.
 *
 * @param now what has expired by now is listed no more
 */
record TaskListing(Handle handle, Instant now) {

  List<Task> page(TaskQuery query, Set<Relation> seen) {
    UUID marker = query.marker();
    Task after = marker == null ? null : requireMarker(marker, query.viewer(), seen);
    if (query.limit() == 0 || seen.isEmpty()) {
      return List.of();
    }
    Conditions where = notExpired();
    Set<SortField> fields = order(query);
    Keyset keyset =
        new Keyset(fields.stream().map(field -> key(field, query.descending())).toList());
    bound(query.viewer(), seen, where);
    if (query.type() != null) {
      where.add("t.type = " + where.bind(query.type().wireName()));
    }
    if (query.status() != null) {
      where.add("t.status = " + where.bind(query.status().wireName()));
    }
    if (after != null) {
      List<@Nullable Object> place = new ArrayList<>();
      fields.forEach(field -> place.add(value(after, field)));
      where.add("(" + String.join(" or ", keyset.after(place, where)) + ")");
    }
    return new TasksTable(handle).list(where, keyset.orderBy(), query.limit());
  }

  /** Newest first. */
  List<Task> ofImage(UUID imageId, Requester viewer, Set<Relation> seen) {
    if (seen.isEmpty()) {
      return List.of();
    }
    Conditions where = notExpired();
    bound(viewer, seen, where);
    where.add("t.image_id = " + where.bind(imageId));
    return new TasksTable(handle)
        .list(where, "t.created_at desc, t.id desc", TaskRecords.MOST_OF_IMAGE);
  }

  private static void bound(Requester viewer, Set<Relation> seen, Conditions where) {
    if (!Relation.unbounded(seen)) {
      where.add("t.owner = " + where.bind(viewer.project()));
    }
  }

  private Conditions notExpired() {
    Conditions where = new Conditions();
    where.add("(t.expires_at is null or t.expires_at > %s)".formatted(where.bind(now)));
    return where;
  }

  private Task requireMarker(UUID id, Requester viewer, Set<Relation> seen) {
    return new TasksTable(handle)
        .find(id)
        .filter(task -> seen.contains(Relation.of(task.owner(), viewer)))
        .orElseThrow(
            () ->
                new Invalid(
                    "marker %s: there is no such task; begin at the first page".formatted(id)));
  }

  private static Set<SortField> order(TaskQuery query) {
    return new LinkedHashSet<>(List.of(query.sortBy(), SortField.CREATED_AT, SortField.ID));
  }

  private static Keyset.Key key(SortField field, boolean descending) {
    return switch (field) {
      case ID -> new Keyset.Key("t.id", false, descending, true);
      case TYPE -> new Keyset.Key("t.type <text_order>", false, descending, false);
      case STATUS -> new Keyset.Key("t.status <text_order>", false, descending, false);
      case CREATED_AT -> new Keyset.Key("t.created_at", false, descending, true);
      case UPDATED_AT -> new Keyset.Key("t.updated_at", false, descending, true);
      case EXPIRES_AT -> new Keyset.Key("t.expires_at", true, descending, true);
    };
  }

  private static @Nullable Object value(Task task, SortField field) {
    return switch (field) {
      case ID -> task.id();
      case TYPE -> task.type().wireName();
      case STATUS -> task.status().wireName();
      case CREATED_AT -> task.createdAt();
      case UPDATED_AT -> task.updatedAt();
      case EXPIRES_AT -> task.expiresAt();
    };
  }
}
