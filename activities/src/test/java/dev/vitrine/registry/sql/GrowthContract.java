package dev.vitrine.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Finding;
import dev.vitrine.database.Database;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.VisibilityFilter;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.listing.ImageQuery.SortField;
import dev.vitrine.listing.ImageQuery.SortKey;
import dev.vitrine.registry.AdjustableClock;
import dev.vitrine.registry.Samples;
import dev.vitrine.registry.sql.page.LeadingFilterChoice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What is asked all day costs as much in a registry of ten times the size. Work is counted as the
 * database counts it, in what it reads or carries out, so that it is the same at every run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GrowthContract {

  private static final int FEW = 1_000;
  private static final int MANY = 10 * FEW;
  private static final int PAGE = 10;

  /** What is in transit at either size. */
  private static final int IN_TRANSIT = 100;

  private static final Map<String, Requester> VIEWERS =
      Map.of(
          "growing project's",
          Requester.member("mia", ManyImages.GROWING),
          "resting project's",
          Requester.member("max", ManyImages.RESTING),
          "admin's",
          Samples.ROOT);

  private static final Limits LIMITS =
      new Limits(128, 128, 128, 10, 256 * 1024, 64 * 1024, Long.MAX_VALUE, Long.MAX_VALUE, 0);

  private final AdjustableClock clock = new AdjustableClock();
  private Database database;

  abstract RegistryConfig config();

  /** What the database has read or carried out so far, on this connection. */
  abstract long work(Handle handle);

  /** Does what the database does by itself from time to time. */
  abstract void tidy(Database database);

  /** A difference that means nothing: a database may prefer this index or that. */
  abstract long slack();

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void costsTheSameHoweverManyImagesThereAre() {
    database = Registries.database(config().database(), clock);
    ManyImages images = new ManyImages(database);
    images.add(0, IN_TRANSIT, "saving", MANY);
    images.add(IN_TRANSIT, FEW, "active", 0);
    Map<String, Long> few = measure();
    images.add(FEW, MANY, "active", 0);
    Map<String, Long> many = measure();

    assertAll(
        few.entrySet().stream()
            .map(
                each ->
                    () ->
                        assertThat(many.get(each.getKey()))
                            .as("%s: %d of few", each.getKey(), each.getValue())
                            .isLessThanOrEqualTo(each.getValue() * 3 / 2 + slack(each.getKey()))));
  }

  /** What is counted first, up to a limit, may take so many looks more, of each part. */
  private long slack(String operation) {
    return operation.contains("many changes") ? slack() + 20L * LeadingFilterChoice.FEW : slack();
  }

  private Map<String, Long> measure() {
    tidy(database);
    Map<String, Long> figures = new LinkedHashMap<>();
    operations()
        .forEach(
            (name, operation) ->
                database.transaction(
                    "test",
                    handle -> {
                      long before = work(handle);
                      operation.accept(handle);
                      return figures.put(name, work(handle) - before);
                    }));
    return figures;
  }

  private Map<String, Consumer<Handle>> operations() {
    Map<String, Consumer<Handle>> all = new LinkedHashMap<>();
    Quota quota = new Quota(database, LIMITS);
    SqlImages images =
        new SqlImages(database, Duration.ofDays(1), LIMITS, quota, new ImageEdges(database));
    UUID known = ManyImages.id(FEW / 2);
    all.put("create", handle -> images.create(handle, Samples.op(), made()));
    all.put("show", handle -> new ImagesTable(handle).require(known));
    all.put("usage", handle -> new UsageTable(handle).of(ManyImages.GROWING, LIMITS));
    all.put("quota of images", handle -> quota.requireImage(handle, ManyImages.GROWING));
    all.put("quota of bytes", handle -> quota.requireBytes(handle, known, 1));
    for (Finding.Kind kind : Finding.Kind.values()) {
      all.put(
          "backlog " + kind,
          handle ->
              new BacklogTables(handle, Duration.ofDays(1)).page(kind, database.now(), null, PAGE));
    }
    VIEWERS.forEach(
        (who, viewer) ->
            queries(ImageQuery.of(viewer, PAGE))
                .forEach(
                    (name, query) -> {
                      all.put(who + " " + name, handle -> page(handle, query));
                      all.put(who + " " + name + ", next page", handle -> pages(handle, query));
                    }));
    return all;
  }

  private static Map<String, ImageQuery> queries(ImageQuery all) {
    Map<String, ImageQuery> queries = new LinkedHashMap<>();
    queries.put("first page", all);
    queries.put("hidden", all.withHidden(true));
    Stream.of(VisibilityFilter.values()).forEach(v -> queries.put(v.toString(), all.with(v)));
    queries.put("name", all.matching(text(ImageField.NAME, "image 500")));
    queries.put("no name", all.matching(text(ImageField.NAME, "nothing")));
    queries.put("status", all.matching(text(ImageField.STATUS, "active")));
    queries.put("rare status", all.matching(text(ImageField.STATUS, "saving")));
    queries.put("owner", all.matching(text(ImageField.OWNER, ManyImages.GROWING)));
    queries.put("checksum", all.matching(text(ImageField.CHECKSUM, ManyImages.checksum(500))));
    queries.put("hash", all.matching(text(ImageField.OS_HASH_VALUE, ManyImages.hash(500))));
    queries.put("tag", all.matching(new ImageFilter.Tag("common")));
    queries.put("rare tag", all.matching(new ImageFilter.Tag("tag 500")));
    queries.put("property", all.matching(new ImageFilter.Property("os_distro", "common")));
    queries.put("rare property", all.matching(new ImageFilter.Property("build", "500")));
    queries.put("few changes", all.matching(changedSince(MANY)));
    queries.put("many changes", all.matching(changedSince(FEW / 2)));
    queries.put(
        "changes, oldest first",
        all.matching(changedSince(FEW / 2)).sortedBy(SortKey.ascending(SortField.UPDATED_AT)));
    for (SortField field :
        List.of(
            SortField.NAME,
            SortField.SIZE,
            SortField.CREATED_AT,
            SortField.UPDATED_AT,
            SortField.STATUS)) {
      queries.put("by " + field, all.sortedBy(SortKey.ascending(field)));
      queries.put("by " + field + " down", all.sortedBy(SortKey.descending(field)));
    }
    return queries;
  }

  private static NewImage made() {
    return Samples.image(Map.of("os_distro", "common", "build", "0"), List.of("common"));
  }

  private static ImageFilter text(ImageField field, String value) {
    return new ImageFilter.Text(field, value);
  }

  private static ImageFilter changedSince(int image) {
    return new ImageFilter.Time(ImageField.UPDATED_AT, Comparison.GTE, ManyImages.at(image));
  }

  private static List<Image> page(Handle handle, ImageQuery query) {
    Set<Relation> seen = new ImageAccess(Permissions.DEFAULT).visible(query.viewer());
    return new ImageListing(handle).page(query, seen);
  }

  private static void pages(Handle handle, ImageQuery query) {
    List<Image> first = page(handle, query);
    if (first.size() == PAGE) {
      page(handle, query.after(first.get(PAGE - 1).id()));
    }
  }
}
