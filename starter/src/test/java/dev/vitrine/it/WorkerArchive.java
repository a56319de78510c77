package dev.vitrine.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The worker's classes as the JVM keeps them (class data sharing): a process starts with a third of
 * the work, and these tests start very many. Made by a process that is started and stopped.
 */
final class WorkerArchive {

  private static final Path DIRECTORY = Path.of("target", "worker-archive");

  /** Little is compiled, for none lives long. */
  private static final List<String> SHORT_LIVED =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private WorkerArchive() {}

  /** What the JVM of a worker from the jar is told. */
  static synchronized List<String> options(Path jar) throws IOException {
    Path archive = DIRECTORY.resolve("worker.jsa");
    if (!Files.exists(archive)
        || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
      make(archive);
    }
    return with("-XX:SharedArchiveFile=" + archive);
  }

  /** What the JVM of a worker of another build is told. */
  static List<String> withoutArchive() {
    return SHORT_LIVED;
  }

  private static List<String> with(String option) {
    List<String> options = new ArrayList<>(SHORT_LIVED);
    options.add(option);
    return options;
  }

  private static void make(Path archive) throws IOException {
    Files.createDirectories(DIRECTORY);
    Files.deleteIfExists(archive);
    Path directory = Files.createTempDirectory(DIRECTORY, "run").toRealPath();
    int port = FreePort.find();
    Path config =
        Files.writeString(
            directory.resolve("worker.yaml"),
            """
            worker: {roles: [workflow, transfer, api], drain-time: 0s}
            registry: {url: "jdbc:sqlite:%s"}
            stores: [{name: main, type: file, path: "%s"}]
            default-store: main
            api: {port: %d}
            """
                .formatted(directory.resolve("registry.db"), directory.resolve("store"), port));
    try (TemporalProcess temporal = new TemporalProcess(directory);
        WorkerProcess worker =
            new WorkerProcess(
                with("-XX:ArchiveClassesAtExit=" + archive),
                null,
                config,
                temporal.address(),
                Map.of(),
                directory.resolve("worker.log"))) {
      Eventually.until("the worker listens", () -> listens(port));
      int unused = worker.terminate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
