package dev.vitrine.registry.sql.history;

import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.database.Conditions;
import dev.vitrine.database.Keyset;
import dev.vitrine.database.Row;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.listing.AuditQuery;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the changes that somebody may see. Each filter has an index that is in the order of the
 * list, so that a page is read from where it begins.
 */
record AuditListing(Handle handle) {

  private static final Keyset NEWEST_FIRST =
      new Keyset(
          List.of(
              new Keyset.Key("h.changed_at", false, true, true),
              new Keyset.Key("h.seq", false, true, true)));

  List<AuditEntry> page(AuditQuery query, Set<Relation> seen) {
    Long marker = query.marker();
    AuditEntry after = marker == null ? null : requireMarker(marker, query.viewer(), seen);
    if (query.limit() == 0 || seen.isEmpty()) {
      return List.of();
    }
    Conditions where = new Conditions();
    bound(query.viewer(), seen, where);
    filter(query.filter(), where);
    if (after != null) {
      where.add(
          "(%s)"
              .formatted(
                  String.join(
                      " or ",
                      NEWEST_FIRST.after(List.of(after.change().at(), after.id()), where))));
    }
    return list(where, query.limit());
  }

  private static void bound(Requester viewer, Set<Relation> seen, Conditions where) {
    if (!Relation.unbounded(seen)) {
      where.add("h.owner = " + where.bind(viewer.project()));
    }
  }

  private static void filter(AuditQuery.Filter filter, Conditions where) {
    if (filter.image() != null) {
      where.add("h.noun = " + where.bind(HistorySubject.IMAGE.toString()));
      where.add("h.subject = " + where.bind(filter.image()));
    }
    if (filter.task() != null) {
      where.add("h.noun = " + where.bind(HistorySubject.TASK.toString()));
      where.add("h.subject = " + where.bind(filter.task()));
    }
    equal("h.by_user", filter.user(), where);
    equal("h.by_project", filter.project(), where);
    equal("h.event", filter.event(), where);
    if (filter.since() != null) {
      where.add("h.changed_at >= " + where.bind(filter.since()));
    }
    if (filter.until() != null) {
      where.add("h.changed_at < " + where.bind(filter.until()));
    }
  }

  private static void equal(String column, @Nullable String value, Conditions where) {
    if (value != null) {
      where.add(column + " = " + where.bind(value));
    }
  }

  private AuditEntry requireMarker(long id, Requester viewer, Set<Relation> seen) {
    Conditions where = new Conditions();
    where.add("h.seq = " + where.bind(id));
    bound(viewer, seen, where);
    Optional<AuditEntry> marker =
        seen.isEmpty() ? Optional.empty() : list(where, 1).stream().findFirst();
    return marker.orElseThrow(
        () ->
            new Invalid(
                "marker %d: there is no such change; begin at the first page".formatted(id)));
  }

  private List<AuditEntry> list(Conditions where, int limit) {
    return handle
        .createQuery(
            "select h.* from history h where %s order by %s limit %s"
                .formatted(where.sql(), NEWEST_FIRST.orderBy(), where.bind(limit)))
        .bindMap(where.values())
        .map((rs, ctx) -> entry(new Row(rs, ctx)))
        .list();
  }

  static AuditEntry entry(Row row) throws SQLException {
    return new AuditEntry(
        row.number("seq"), row.text("noun"), row.textOrNull("owner"), HistoryTable.entry(row));
  }
}
