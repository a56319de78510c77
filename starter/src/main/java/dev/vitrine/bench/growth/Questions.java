package dev.vitrine.bench.growth;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.NewImage;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.listing.ImageQuery.SortField;
import dev.vitrine.listing.ImageQuery.SortKey;
import dev.vitrine.registry.BacklogRow;
import dev.vitrine.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked of a registry all day, by a member of a project with a twentieth of all images. */
final class Questions {

  private static final int PAGE = 25;
  private static final int BACKLOG = 200;

  /** Of the project, and in a registry of any size. */
  private static final int KNOWN = 500;

  private static final Requester MEMBER = Requester.member("bench", GeneratedRows.PROJECT);

  private Questions() {}

  static List<Question> all() {
    ImageQuery first = ImageQuery.of(MEMBER, PAGE);
    List<Question> all = new ArrayList<>();
    all.add(new Question("create, with quotas", Questions::create));
    all.add(
        new Question("show", registry -> guard(registry).require(GeneratedRows.id(KNOWN), MEMBER)));
    all.add(new Question("usage", registry -> guard(registry).usage(MEMBER)));
    all.add(new Question("backlog of transfers", Questions::backlog));
    list(all, "first page", first);
    all.add(new Question("first and next page", registry -> pages(registry, first)));
    list(all, "name", first.matching(text(ImageField.NAME, "image " + KNOWN)));
    list(all, "tag", first.matching(new ImageFilter.Tag("tag 20")));
    list(all, "property", first.matching(new ImageFilter.Property("os_distro", "distro 3")));
    list(all, "rare property", first.matching(new ImageFilter.Property("build", "build " + KNOWN)));
    list(all, "checksum", first.matching(text(ImageField.CHECKSUM, GeneratedRows.checksum(KNOWN))));
    list(
        all,
        "os_hash_value",
        first.matching(text(ImageField.OS_HASH_VALUE, GeneratedRows.hash(KNOWN))));
    list(all, "status", first.matching(text(ImageField.STATUS, "active")));
    list(all, "owner", first.matching(text(ImageField.OWNER, GeneratedRows.PROJECT)));
    list(
        all,
        "changes since, oldest first",
        first
            .matching(
                new ImageFilter.Time(
                    ImageField.UPDATED_AT, Comparison.GTE, GeneratedRows.time(KNOWN)))
            .sortedBy(SortKey.ascending(SortField.UPDATED_AT)));
    for (SortField field :
        List.of(
            SortField.NAME,
            SortField.SIZE,
            SortField.CREATED_AT,
            SortField.UPDATED_AT,
            SortField.STATUS)) {
      list(all, "by " + field.field().wireName(), first.sortedBy(SortKey.ascending(field)));
    }
    return all;
  }

  private static void list(List<Question> all, String name, ImageQuery query) {
    all.add(new Question(name, registry -> page(registry, query)));
  }

  private static ImageFilter text(ImageField field, String value) {
    return new ImageFilter.Text(field, value);
  }

  private static GuardedImages guard(Registry registry) {
    return new GuardedImages(registry, new ImageAccess(Permissions.DEFAULT));
  }

  private static List<Image> page(Registry registry, ImageQuery query) {
    List<Image> page = guard(registry).list(query);
    if (page.isEmpty()) {
      throw new Unavailable("a list that has images came back empty: " + query.filters());
    }
    return page;
  }

  private static void pages(Registry registry, ImageQuery query) {
    List<Image> page = page(registry, query);
    page(registry, query.after(page.get(page.size() - 1).id()));
  }

  private static void create(Registry registry) {
    UUID id = UUID.randomUUID();
    NewImage image =
        NewImage.of(
            ImageMetadata.describe(id, GeneratedRows.PROJECT)
                .name("made")
                .tags(List.of("made"))
                .properties(Map.of("os_distro", "distro 1", "build", "made"))
                .build());
    Operation operation = new Operation(id.toString(), "bench", "bench", "a measurement");
    var unused = guard(registry).register(operation, image, MEMBER);
  }

  private static void backlog(Registry registry) {
    for (Finding.Kind kind : Finding.Kind.values()) {
      @Nullable ScanMark after = null;
      List<BacklogRow> rows;
      do {
        rows = registry.backlog().page(kind, after, BACKLOG);
        if (!rows.isEmpty()) {
          BacklogRow last = rows.get(rows.size() - 1);
          after = new ScanMark(last.since(), last.id());
        }
      } while (rows.size() == BACKLOG);
    }
  }
}
