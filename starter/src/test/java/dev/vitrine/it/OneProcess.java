package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Temporal server that can be taken away, and a worker in all roles with its registry. */
final class OneProcess implements AutoCloseable {

  private final Path directory;
  private final TemporalProcess temporal;
  private final Path config;
  private final URI api;
  private WorkerProcess worker;

  /**
   * @param settings more of them, in lines; empty for none
   */
  OneProcess(Path directory, String settings) throws IOException, InterruptedException {
    this(directory, settings, Map.of());
  }

  /**
   * @param server configuration of the Temporal server
   */
  OneProcess(Path directory, String settings, Map<String, String> server)
      throws IOException, InterruptedException {
    this.directory = directory;
    temporal = new TemporalProcess(directory, server);
    int port = FreePort.find();
    api = URI.create("http://127.0.0.1:" + port);
    config =
        Files.writeString(
            directory.resolve("worker.yaml"),
            """
            worker:
              roles: [workflow, transfer, api]
              drain-time: 0s
            registry:
              url: jdbc:sqlite:%s
            stores:
              - name: main
                type: file
                path: %s
            default-store: main
            web-sources:
              addresses: [loopback]
              ports: []
            api:
              port: %d
            %s
            """
                .formatted(directory.resolve("registry.db"), store(), port, settings));
    startWorker(Map.of());
  }

  /** Starts it, again if it was killed, and waits until it answers. */
  void startWorker(Map<String, String> settings) throws IOException, InterruptedException {
    worker =
        new WorkerProcess(
            config, temporal.address(), settings, Path.of("target", "worker-processes.log"));
    Eventually.until("the API answers", this::isHealthy);
  }

  private boolean isHealthy() {
    try {
      return caller().get("/healthcheck").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Says that the work runs where Temporal is now, as an operator does. */
  String moveInstallation() throws IOException, InterruptedException {
    return WorkerProcess.run(config, temporal.address(), "--move-installation");
  }

  /** Starts a worker that is not to come up; returns its exit code. */
  int startInVain() throws IOException, InterruptedException {
    try (WorkerProcess refused =
        new WorkerProcess(config, temporal.address(), Path.of("target", "worker-processes.log"))) {
      return refused.awaitExit();
    }
  }

  TemporalProcess temporal() {
    return temporal;
  }

  WorkerProcess worker() {
    return worker;
  }

  URI api() {
    return api;
  }

  ApiCaller caller() {
    return new ApiCaller(api, "");
  }

  /** Returns the task's id. */
  String startImport(String url) {
    HttpResponse<String> created = createImport(url);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return first("id", created.body());
  }

  HttpResponse<String> createImport(String url) {
    return caller()
        .send(
            "POST",
            "/v2/tasks",
            "application/json",
            """
            {"type": "import", "input": {"import_from": "%s", "import_from_format": "raw",
             "image_properties": {"container_format": "bare"}}}
            """
                .formatted(url));
  }

  String taskStatus(String taskId) {
    return first("status", caller().get("/v2/tasks/" + taskId).body());
  }

  /** The first value of that name in a document. */
  String first(String name, String text) {
    Matcher matcher = Pattern.compile("\"" + name + "\": ?\"([0-9a-z-]+)\"").matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private Path store() {
    return directory.resolve("store");
  }

  /** Every regular file in the store, finished or not. */
  List<Path> files() {
    try (Stream<Path> files = Files.walk(store())) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    worker.close();
    temporal.close();
  }
}
