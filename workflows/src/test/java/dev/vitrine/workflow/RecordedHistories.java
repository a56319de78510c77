package dev.vitrine.workflow;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Histories of executions as each release made them: a folder a version, and in it a file for each
 * and their digests. Of a version that is recorded, nothing changes any more: its executions are in
 * flight somewhere.
 */
final class RecordedHistories {

  static final Path ROOT = Path.of("src/test/resources/histories");
  static final String DIGESTS = "SHA256SUMS";

  private final Path folder;
  private final Map<String, String> histories = new TreeMap<>();

  private RecordedHistories(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins those of a version.
   *
   * @throws IllegalArgumentException if it is no version
   * @throws FileAlreadyExistsException if the version is recorded already
   */
  static RecordedHistories begin(Path root, String version) throws IOException {
    if (!version.matches("\\d+\\.\\d+\\.\\d+")) {
      throw new IllegalArgumentException("'%s' is no version: give 1.2.3".formatted(version));
    }
    Path folder = root.resolve(version);
    if (Files.exists(folder)) {
      throw new FileAlreadyExistsException(
          folder.toString(), null, "recorded already; its executions may be in flight");
    }
    return new RecordedHistories(folder);
  }

  /** Adds the present history of an execution, which may still run. */
  void add(String name, WorkflowExecutionHistory history) {
    if (histories.putIfAbsent(name + ".json", history.toJson(true)) != null) {
      throw new IllegalStateException("recorded twice: " + name);
    }
  }

  /** Writes all of them, once everything is there. */
  void write() throws IOException {
    Files.createDirectory(folder);
    for (Map.Entry<String, String> history : histories.entrySet()) {
      Files.writeString(folder.resolve(history.getKey()), history.getValue());
    }
    Files.writeString(folder.resolve(DIGESTS), digests(folder));
  }

  /** All that are recorded, by their paths below the root. */
  static List<String> all(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** The versions that are recorded. */
  static List<Path> versions(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders.sorted().toList();
    }
  }

  /** The digests of a version's files, as {@code sha256sum} writes them. */
  static String digests(Path folder) throws IOException {
    return all(folder).stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                name -> sha256(folder.resolve(name)),
                (one, other) -> one,
                TreeMap::new))
        .entrySet()
        .stream()
        .map(file -> file.getValue() + "  " + file.getKey() + "\n")
        .collect(Collectors.joining());
  }

  private static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }
}
