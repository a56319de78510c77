package dev.vitrine.torture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Clients that call whatever API they come by, and take whatever they are told: a call may fail as
 * often as it likes, as long as it says so. Remembers what was sent and what was promised.
 */
final class TortureWork {

  private static final int CLIENTS = 4;
  private static final int SMALL = 64 << 10;
  private static final int LARGE = 12 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Pattern ID = Pattern.compile("\"id\": ?\"([0-9a-f-]{36})\"");
  private static final String JSON = "application/json";
  private static final String OCTETS = "application/octet-stream";

  private final List<URI> apis;
  private final List<String> stores;
  private final TortureSource source;
  private final String exports;
  private final long seed;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Set<String> promised = ConcurrentHashMap.newKeySet();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final List<String> images = new CopyOnWriteArrayList<>();
  private final List<String> tasks = new CopyOnWriteArrayList<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  /**
   * @param stores by their names
   * @param exports URL of a directory
   */
  TortureWork(
      List<URI> apis, List<String> stores, TortureSource source, String exports, long seed) {
    this.apis = List.copyOf(apis);
    this.stores = List.copyOf(stores);
    this.source = source;
    this.exports = exports;
    this.seed = seed;
  }

  /** Starts the clients. */
  List<Thread> start() {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(seed * CLIENTS + i);
      Thread thread = new Thread(() -> work(random), "torture-client-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  void stop() {
    over = true;
  }

  Map<String, Integer> answers() {
    return Map.copyOf(answers);
  }

  /** The SHA-512 of everything that an image's data may be. */
  Set<String> sent() {
    return Set.copyOf(sent);
  }

  /** Images whose upload was answered by 204, and that nobody asked to be deleted. */
  Set<String> promised() {
    Set<String> kept = ConcurrentHashMap.newKeySet();
    kept.addAll(promised);
    kept.removeAll(deleted);
    return kept;
  }

  /** What clients saw that must not be. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  private void work(Random random) {
    while (!over) {
      try {
        one(random);
      } catch (IOException e) {
        answered("connection", "lost");
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void one(Random random) throws IOException, InterruptedException {
    switch (random.nextInt(12)) {
      case 0, 1 -> upload(random, random.nextInt(SMALL), false);
      case 2 -> upload(random, 1 + random.nextInt(LARGE), true);
      case 3 -> stageAndImport(random);
      case 4 -> webDownload(random);
      case 5 -> importTask(random);
      case 6 -> onImage(random, this::export);
      case 7 -> onImage(random, this::copy);
      case 8 -> onImage(random, this::delete);
      case 9 ->
          onImage(
              random,
              (by, id) -> post(by, "deactivate", "/v2/images/" + id + "/actions/deactivate"));
      case 10 -> onImage(random, this::download);
      default -> cancel(random);
    }
  }

  /** A call about an image. */
  private interface OnImage {
    void call(Random random, String id) throws IOException, InterruptedException;
  }

  private void onImage(Random random, OnImage call) throws IOException, InterruptedException {
    if (images.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    } else {
      call.call(random, images.get(random.nextInt(images.size())));
    }
  }

  private @Nullable String create(Random random) throws IOException, InterruptedException {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    String body =
        "{\"id\": \"%s\", \"disk_format\": \"raw\", \"container_format\": \"bare\"}".formatted(id);
    HttpResponse<byte[]> answer = send(random, "create", "POST", "/v2/images", JSON, text(body));
    if (answer.statusCode() != 201) {
      return null;
    }
    images.add(id);
    return id;
  }

  private byte[] data(long number, int size) {
    byte[] data = TortureData.of(number, size);
    sent.add(TortureData.sha512(data));
    return data;
  }

  private void upload(Random random, int size, boolean slowly)
      throws IOException, InterruptedException {
    String id = create(random);
    byte[] data = data(random.nextLong(), size);
    if (id != null) {
      BodyPublisher body =
          slowly
              ? BodyPublishers.fromPublisher(
                  BodyPublishers.ofInputStream(() -> new Slow(data)), Math.max(1, size))
              : BodyPublishers.ofByteArray(data);
      String what = slowly ? "large upload" : "small upload";
      String path = "/v2/images/%s/file".formatted(id);
      if (send(random, what, "PUT", path, OCTETS, body).statusCode() == 204) {
        promised.add(id);
      }
    }
  }

  private void stageAndImport(Random random) throws IOException, InterruptedException {
    String id = create(random);
    byte[] data = data(random.nextLong(), random.nextInt(SMALL * 8));
    if (id != null) {
      String image = "/v2/images/" + id;
      BodyPublisher body = BodyPublishers.ofByteArray(data);
      send(random, "stage", "PUT", image + "/stage", OCTETS, body);
      importing(
          random, id, "{\"method\": {\"name\": \"glance-direct\"}, %s}".formatted(into(random)));
    }
  }

  private void webDownload(Random random) throws IOException, InterruptedException {
    String id = create(random);
    String url = offered(random);
    if (id != null) {
      importing(
          random,
          id,
          "{\"method\": {\"name\": \"web-download\", \"uri\": \"%s\"}, %s}"
              .formatted(url, into(random)));
    }
  }

  private String into(Random random) {
    String lenient = random.nextInt(4) == 0 ? ", \"all_stores_must_succeed\": false" : "";
    return (random.nextBoolean()
            ? "\"all_stores\": true"
            : "\"stores\": [\"%s\"]".formatted(stores.get(random.nextInt(stores.size()))))
        + lenient;
  }

  private void importing(Random random, String id, String body)
      throws IOException, InterruptedException {
    String path = "/v2/images/%s/import".formatted(id);
    HttpResponse<byte[]> answer = send(random, "import", "POST", path, JSON, text(body));
    answer.headers().firstValue("x-vitrine-task-id").ifPresent(tasks::add);
  }

  private String offered(Random random) {
    long number = random.nextLong();
    int size = 1 + random.nextInt(LARGE);
    byte[] unused = data(number, size);
    return source.url(number, size);
  }

  private void importTask(Random random) throws IOException, InterruptedException {
    String input =
        "\"import_from\": \"%s\", \"import_from_format\": \"raw\", \"image_properties\": %s"
            .formatted(offered(random), "{\"container_format\": \"bare\"}");
    task(random, "import", input);
  }

  private void export(Random random, String id) throws IOException, InterruptedException {
    String to = exports + new UUID(random.nextLong(), random.nextLong());
    task(random, "export", "\"image_id\": \"%s\", \"destination\": \"%s\"".formatted(id, to));
  }

  private void copy(Random random, String id) throws IOException, InterruptedException {
    task(random, "clone", "\"image_id\": \"%s\"".formatted(id));
  }

  private void task(Random random, String type, String input)
      throws IOException, InterruptedException {
    String body = "{\"type\": \"%s\", \"input\": {%s}}".formatted(type, input);
    HttpResponse<byte[]> answer =
        send(random, type + " task", "POST", "/v2/tasks", JSON, text(body));
    Matcher id = ID.matcher(new String(answer.body(), StandardCharsets.UTF_8));
    if (answer.statusCode() == 201 && id.find()) {
      tasks.add(id.group(1));
    }
  }

  private void cancel(Random random) throws IOException, InterruptedException {
    if (!tasks.isEmpty()) {
      String path = "/v2/tasks/" + tasks.get(random.nextInt(tasks.size()));
      send(random, "cancel", "DELETE", path, "", BodyPublishers.noBody());
    }
  }

  private void delete(Random random, String id) throws IOException, InterruptedException {
    deleted.add(id);
    send(random, "delete", "DELETE", "/v2/images/" + id, "", BodyPublishers.noBody());
  }

  private void post(Random random, String what, String path)
      throws IOException, InterruptedException {
    send(random, what, "POST", path, "", BodyPublishers.noBody());
  }

  private void download(Random random, String id) throws IOException, InterruptedException {
    String path = "/v2/images/%s/file".formatted(id);
    HttpResponse<byte[]> answer =
        send(random, "download", "GET", path, "", BodyPublishers.noBody());
    if (answer.statusCode() == 200 && !sent.contains(TortureData.sha512(answer.body()))) {
      violations.add("image %s was downloaded with data that nobody sent".formatted(id));
    }
  }

  private HttpResponse<byte[]> send(
      Random random, String what, String method, String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(apis.get(random.nextInt(apis.size())).resolve(path))
            .timeout(PATIENCE)
            .method(method, body);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      int status = answer.statusCode();
      answered(what, Integer.toString(status));
      if (status >= 500 && status != 503) {
        violations.add(
            "%s %s was answered %d: %s"
                .formatted(
                    method, path, status, new String(answer.body(), StandardCharsets.UTF_8)));
      } else if (status == 503 && answer.headers().firstValue("Retry-After").isEmpty()) {
        violations.add("%s %s was answered 503 without Retry-After".formatted(method, path));
      }
      return answer;
    } catch (IOException e) {
      answered(what, "no answer");
      // A process that was killed; the next call may meet another one.
      TimeUnit.MILLISECONDS.sleep(50);
      throw e;
    }
  }

  private void answered(String what, String how) {
    answers.merge(what + " " + how, 1, Integer::sum);
  }

  private static BodyPublisher text(String text) {
    return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
  }

  /** Gives its bytes over seconds. */
  private static final class Slow extends InputStream {

    private static final int PIECE = 256 << 10;
    private static final int PAUSE_MILLIS = 60;

    private final InputStream data;

    Slow(byte[] data) {
      this.data = new ByteArrayInputStream(data);
    }

    @Override
    public int read() throws IOException {
      return data.read();
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return data.read(into, at, Math.min(length, PIECE));
    }
  }
}
