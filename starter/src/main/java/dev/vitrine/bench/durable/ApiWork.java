package dev.vitrine.bench.durable;

import dev.vitrine.embedded.EmbeddedStack;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.workflow.WorkflowIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durable work of a stack, asked for over HTTP as clients do. */
final class ApiWork implements AutoCloseable {

  static final String NAME = "vitrine-bench";

  private static final String JSON = "application/json";
  private static final String OCTETS = "application/octet-stream";
  private static final int SMALL = 1 << 10;
  private static final int MEBIBYTE = 1 << 20;
  private static final Pattern ID = Pattern.compile("\"id\": ?\"([0-9a-f-]{36})\"");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EmbeddedStack stack;
  private final Origin origin;
  private final ThreadLocal<LeanHttp> http;
  private final byte[] mebibyte = new byte[MEBIBYTE];

  /**
   * @param parallel calls at once, at most
   */
  ApiWork(EmbeddedStack stack, int parallel) throws IOException {
    this.stack = stack;
    new Random(MEBIBYTE).nextBytes(mebibyte);
    this.origin = new Origin(mebibyte, parallel);
    this.http = ThreadLocal.withInitial(() -> new LeanHttp(URI.create(stack.apiUrl())));
  }

  long[] originThreads() {
    return origin.threadIds();
  }

  List<MeasuredWork> operations() {
    Limit upload = stack.inProcess() ? Limit.milliseconds(12) : Limit.ofFloor(1.25);
    Limit larger = stack.inProcess() ? Limit.milliseconds(12) : Limit.ofFloorAndBytes(1.25);
    byte[] small = new byte[SMALL];
    System.arraycopy(mebibyte, 0, small, 0, SMALL);
    return List.of(
        new Each("upload 1 KiB", upload, this::created, id -> upload(id, small), false),
        new Each("upload 1 MiB", larger, this::created, id -> upload(id, mebibyte), false),
        new Each("delete without data", Limit.milliseconds(3), this::created, this::delete, true),
        new Each(
            "delete with data",
            Limit.ofFloor(1.25),
            () -> {
              UUID id = created();
              upload(id, small);
              return id;
            },
            this::delete,
            true),
        new Import("import 1 MiB", Limit.ofFloor(2.4), false));
  }

  /** An import until the task is accepted; then it is waited for. */
  MeasuredWork acceptance(String name) {
    return new Import(name, Limit.NONE, true);
  }

  private LeanHttp.Reply send(String method, String path, String type, byte[] body) {
    try {
      return http.get().send(method, path, type, body);
    } catch (IOException e) {
      throw new UncheckedIOException("%s %s".formatted(method, path), e);
    }
  }

  private UUID created() {
    String body =
        "{\"name\": \"%s\", \"disk_format\": \"raw\", \"container_format\": \"bare\"}"
            .formatted(NAME);
    return id(send("POST", "/v2/images", JSON, bytes(body)).require(201));
  }

  private long upload(UUID id, byte[] data) {
    long began = System.nanoTime();
    LeanHttp.Reply unused =
        send("PUT", "/v2/images/%s/file".formatted(id), OCTETS, data).require(204);
    return System.nanoTime() - began;
  }

  private long delete(UUID id) {
    long began = System.nanoTime();
    try {
      LeanHttp.Reply unused =
          http.get().send("DELETE", "/v2/images/" + id, null, null).require(204);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return System.nanoTime() - began;
  }

  private static UUID id(LeanHttp.Reply reply) {
    Matcher id = ID.matcher(reply.body());
    if (!id.find()) {
      throw new Unavailable("the API answered without an id: " + reply.body());
    }
    return UUID.fromString(id.group(1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    origin.close();
  }

  /** Makes one that a call is about. */
  private interface Maker {
    UUID make();
  }

  /** A call about an image that was made for it. */
  private final class Each implements MeasuredWork {

    private final String name;
    private final Limit limit;
    private final Maker maker;
    private final Function<UUID, Long> call;
    private final boolean removes;
    private final Queue<UUID> made = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> done = new ConcurrentLinkedQueue<>();

    /**
     * @param removes whether nothing may be left of the images in the end
     */
    Each(String name, Limit limit, Maker maker, Function<UUID, Long> call, boolean removes) {
      this.name = name;
      this.limit = limit;
      this.maker = maker;
      this.call = call;
      this.removes = removes;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Limit limit() {
      return limit;
    }

    @Override
    public boolean clientsCount() {
      return false;
    }

    @Override
    public void prepare() {
      made.add(maker.make());
    }

    @Override
    public long call() {
      UUID id = made.remove();
      long nanos = call.apply(id);
      done.add(id);
      return nanos;
    }

    @Override
    public void settle() throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (UUID id = done.poll(); id != null; id = done.poll()) {
        while (removes && !stack.registry().locations().of(id).isEmpty()) {
          if (System.nanoTime() > deadline) {
            throw new Unavailable("the data of image %s is still there".formatted(id));
          }
          TimeUnit.MILLISECONDS.sleep(2);
        }
      }
    }
  }

  /** An import task from its request to its end. */
  private final class Import implements MeasuredWork {

    private final String name;
    private final Limit limit;
    private final boolean acceptanceAlone;

    Import(String name, Limit limit, boolean acceptanceAlone) {
      this.name = name;
      this.limit = limit;
      this.acceptanceAlone = acceptanceAlone;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Limit limit() {
      return limit;
    }

    @Override
    public boolean clientsCount() {
      return false;
    }

    @Override
    public long call() {
      long began = System.nanoTime();
      String body =
          """
          {"type": "import", "input": {"import_from": "%s", "import_from_format": "raw",
           "image_properties": {"name": "%s", "container_format": "bare"}}}
          """
              .formatted(origin.url(), NAME);
      UUID task = id(send("POST", "/v2/tasks", JSON, bytes(body)).require(201));
      long accepted = System.nanoTime();
      // Whoever waits asks Temporal once, as for the floor: how often a client looks is its own.
      Object unused =
          stack.client().newUntypedWorkflowStub(WorkflowIds.task(task)).getResult(Object.class);
      return (acceptanceAlone ? accepted : System.nanoTime()) - began;
    }
  }
}
