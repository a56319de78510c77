package dev.vitrine.torture;

import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.lifecycle.Lifecycle;
import dev.vitrine.task.TaskLifecycle;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.torture.RegistryRows.Change;
import dev.vitrine.torture.RegistryRows.ImageRow;
import dev.vitrine.torture.RegistryRows.LocationRow;
import dev.vitrine.torture.RegistryRows.TaskRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what is there against what was promised. */
final class TortureVerdict {

  private static final Set<ImageStatus> WITH_DATA =
      Set.of(ImageStatus.ACTIVE, ImageStatus.DEACTIVATED);

  /** Staged data waits for its import for a day. */
  private static final Set<ImageStatus> AT_REST =
      Set.of(
          ImageStatus.QUEUED,
          ImageStatus.ACTIVE,
          ImageStatus.DEACTIVATED,
          ImageStatus.DELETED,
          ImageStatus.UPLOADING);

  private final TortureCluster cluster;
  private final RegistryRows rows;
  private final Set<String> sent;
  private final Set<String> promised;
  private final List<String> violations = new ArrayList<>();

  /** What each store has, by its name. */
  private final Map<String, Map<String, Long>> contents = new TreeMap<>();

  TortureVerdict(
      TortureCluster cluster, RegistryRows rows, Set<String> sent, Set<String> promised) {
    this.cluster = cluster;
    this.rows = rows;
    this.sent = sent;
    this.promised = promised;
  }

  /** What is not at rest yet, in words; empty if everything is. */
  static List<String> restless(RegistryRows rows, List<String> openWorkflows) {
    List<String> restless = new ArrayList<>(openWorkflows);
    for (ImageRow image : rows.images()) {
      if (!AT_REST.contains(ImageStatus.of(image.status()))) {
        restless.add("image %s is %s".formatted(image.id(), image.status()));
      }
    }
    for (TaskRow task : rows.tasks()) {
      TaskStatus status = TaskStatus.of(task.status());
      if (status != TaskStatus.SUCCESS && status != TaskStatus.FAILURE) {
        restless.add("task %s is %s".formatted(task.id(), task.status()));
      }
    }
    for (LocationRow location : rows.locations()) {
      if (!location.status().equals("active") && !isStaged(rows, location)) {
        restless.add(
            "location %s of image %s is %s"
                .formatted(location.key(), location.imageId(), location.status()));
      }
    }
    return restless;
  }

  private static boolean isStaged(RegistryRows rows, LocationRow location) {
    return rows.images().stream()
        .anyMatch(
            image -> image.id().equals(location.imageId()) && image.status().equals("uploading"));
  }

  /** Everything that was promised and not kept. */
  List<String> violations() throws IOException {
    for (TortureStore store : cluster.stores()) {
      contents.put(store.name(), store.contents());
    }
    histories("image", ImageLifecycle.TABLE, statuses("image"));
    histories("task", TaskLifecycle.TABLE, statuses("task"));
    data();
    stores();
    exports();
    promises();
    return List.copyOf(violations);
  }

  private Map<String, String> statuses(String noun) {
    return noun.equals("image")
        ? rows.images().stream().collect(Collectors.toMap(ImageRow::id, ImageRow::status))
        : rows.tasks().stream().collect(Collectors.toMap(TaskRow::id, TaskRow::status));
  }

  /** Each row goes on where the one before it ended, by an edge, and the last is the status. */
  private void histories(String noun, Lifecycle<?, ?> table, Map<String, String> statuses) {
    Set<String> edges = new HashSet<>();
    for (Edge<?, ?> edge : table.edges()) {
      Enum<?> from = edge.from();
      edges.add(key(from == null ? null : Lifecycle.word(from), Lifecycle.word(edge.to())));
    }
    Map<String, String> last = new HashMap<>();
    for (Change change : rows.changes()) {
      if (!change.noun().equals(noun)) {
        continue;
      }
      String before = last.put(change.subject(), change.to());
      if (!String.valueOf(before).equals(String.valueOf(change.from()))) {
        violations.add(
            "%s %s: its history goes on from %s after it was %s (%s)"
                .formatted(noun, change.subject(), change.from(), before, change.event()));
      }
      if (!edges.contains(key(change.from(), change.to()))) {
        violations.add(
            "%s %s: no edge leads from %s to %s"
                .formatted(noun, change.subject(), change.from(), change.to()));
      }
    }
    statuses.forEach(
        (id, status) -> {
          if (!status.equals(last.get(id))) {
            violations.add(
                "%s %s is %s, and its history says %s".formatted(noun, id, status, last.get(id)));
          }
        });
  }

  private static String key(@Nullable String from, String to) {
    return from + " " + to;
  }

  private void data() throws IOException {
    Map<String, List<LocationRow>> locations =
        rows.locations().stream().collect(Collectors.groupingBy(LocationRow::imageId));
    for (ImageRow image : rows.images()) {
      List<LocationRow> own = locations.getOrDefault(image.id(), List.of());
      ImageStatus status = ImageStatus.of(image.status());
      if (WITH_DATA.contains(status)) {
        if (own.isEmpty()) {
          violations.add("image %s is %s without data".formatted(image.id(), image.status()));
        }
        if (image.sha512() == null || !sent.contains(image.sha512())) {
          violations.add(
              "image %s is %s with data that nobody sent".formatted(image.id(), image.status()));
        }
        for (LocationRow location : own) {
          compare(image, location);
        }
      } else if (status != ImageStatus.UPLOADING && !own.isEmpty()) {
        violations.add("image %s is %s and has data".formatted(image.id(), image.status()));
      }
      if (own.stream().map(LocationRow::store).distinct().count() < own.size()) {
        violations.add("image %s has its data twice in one store".formatted(image.id()));
      }
    }
  }

  private void compare(ImageRow image, LocationRow location) throws IOException {
    String what =
        "image %s: %s in store %s".formatted(image.id(), location.key(), location.store());
    Long size = contents.getOrDefault(location.store(), Map.of()).get(location.key());
    if (size == null) {
      violations.add(what + " is gone");
      return;
    }
    if (!size.equals(image.size())) {
      violations.add("%s has %d bytes and not %s".formatted(what, size, image.size()));
    }
    try (InputStream data = cluster.store(location.store()).open(location.key())) {
      if (data == null || !TortureData.sha512(data).equals(image.sha512())) {
        violations.add(what + " has other data than its digest");
      }
    }
  }

  private void stores() {
    contents.forEach(
        (store, content) -> {
          Set<String> there = new TreeSet<>(content.keySet());
          rows.locations().stream()
              .filter(location -> location.store().equals(store))
              .forEach(location -> there.remove(location.key()));
          there.forEach(
              key -> violations.add("store %s has %s, which no row names".formatted(store, key)));
        });
  }

  private void exports() throws IOException {
    for (TaskRow task : rows.tasks()) {
      if (task.type().equals("export") && task.status().equals("success")) {
        Path file = exported(task);
        if (file == null || !sent.contains(sha512(file))) {
          violations.add("task %s succeeded, and its export is not there".formatted(task.id()));
        }
      }
    }
  }

  private @Nullable Path exported(TaskRow task) throws IOException {
    try (var files = Files.list(cluster.exports())) {
      return files
          .filter(file -> task.input().contains(file.getFileName().toString()))
          .findFirst()
          .orElse(null);
    }
  }

  private void promises() {
    Map<String, String> statuses = statuses("image");
    for (String id : promised) {
      String status = statuses.get(id);
      if (status == null || !WITH_DATA.contains(ImageStatus.of(status))) {
        violations.add("image %s: its upload was answered 204, and it is %s".formatted(id, status));
      }
    }
  }

  private static String sha512(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return TortureData.sha512(in);
    }
  }
}
