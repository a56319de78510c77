package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageData;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The kinds of work that move large data, each through the same clients. */
final class BytesWork implements AutoCloseable {

  private static final long LOOK_MILLIS = 100;
  private static final long MEBIBYTE = 1 << 20;

  /**
   * One kind.
   *
   * @param mover moves all the bytes, on threads of {@link #clients} alone
   */
  record Kind(String name, BytesLimit limit, Mover mover) {}

  /** Moves all the bytes once. */
  interface Mover {

    /** What has to be there before; not measured. */
    default List<UUID> prepare() throws IOException {
      return List.of();
    }

    void move(List<UUID> prepared) throws IOException;

    /** Whether all came as it was sent; not measured. */
    default void verify(List<UUID> prepared) throws IOException {}
  }

  private final ImageApi api;
  private final BytesPlan plan;
  private final GeneratedData data;
  private final GeneratedData part;
  private final ImageData known;
  private final ImageData knownPart;
  private final List<Thread> threads = new ArrayList<>();
  private final ExecutorService clients;
  private final MadeImages images;
  private final DataOrigin origin;
  private final Loopback loopback;
  private final Cpu cpu;
  private final UUID stored;
  private volatile @Nullable WarmMemory memory;

  /**
   * @param size of all the data that is moved once
   */
  BytesWork(ImageApi api, long size, BytesPlan plan) throws IOException {
    this.api = api;
    this.plan = plan;
    data = new GeneratedData(size, this::sent);
    part = new GeneratedData(Math.max(1, size / plan.streams()), this::sent);
    known = Hashing.known(data);
    knownPart = Hashing.known(part);
    clients = Executors.newFixedThreadPool(plan.streams(), this::client);
    images = new MadeImages(api);
    origin = new DataOrigin(data);
    loopback = new Loopback();
    cpu = new Cpu(ProcessTrees.of(plan.pids()), this::bystanders);
    stored = images.make();
    onClients(List.of(stored), image -> put(image, data));
  }

  private synchronized Thread client(Runnable task) {
    Thread thread = new Thread(task, "bench-client");
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  private synchronized long[] bystanders() {
    return LongStream.concat(
            LongStream.of(origin.threadId()), threads.stream().mapToLong(Thread::getId))
        .toArray();
  }

  List<Kind> kinds() {
    return List.of(
        new Kind(
            BytesBench.LOOP,
            BytesLimit.NONE,
            prepared -> onClients(List.of(stored), any -> loopback.put(data, file("loop")))),
        new Kind(
            "upload, 1 stream",
            new BytesLimit(0.92, null, 1.08, null),
            new Uploads(1, data, known)),
        new Kind(
            "upload, %d streams".formatted(plan.streams()),
            new BytesLimit(null, 0.95, null, null),
            new Uploads(plan.streams(), part, knownPart)),
        new Kind("import by URL", new BytesLimit(null, null, 1.15, null), new Imports()),
        new Kind(
            "download, 1 stream",
            new BytesLimit(null, null, null, 0.33),
            prepared -> onClients(List.of(stored), image -> get(image))));
  }

  /** Moves all the bytes once. */
  MovedBytes move(Kind kind) throws IOException {
    List<UUID> prepared = kind.mover().prepare();
    WarmMemory warm = new WarmMemory(plan.directory(), data.size());
    memory = warm;
    Cpu.Reading before = cpu.read();
    long began = System.nanoTime();
    kind.mover().move(prepared);
    double seconds = (System.nanoTime() - began) / 1e9;
    Cpu.Reading taken = cpu.read().minus(before);
    warm.close();
    memory = null;
    kind.mover().verify(prepared);
    boolean unused = Files.deleteIfExists(file("loop"));
    return new MovedBytes(data.size(), seconds, taken.here() + taken.elsewhere(), taken.clients());
  }

  /** A mebibyte was sent, and will be written. */
  private void sent() {
    WarmMemory warm = memory;
    if (warm != null) {
      warm.need(MEBIBYTE);
    }
  }

  private Path file(String name) {
    return plan.directory().resolve("vitrine-bench-" + name);
  }

  private final class Uploads implements Mover {

    private final int streams;
    private final GeneratedData each;
    private final ImageData expected;

    Uploads(int streams, GeneratedData each, ImageData expected) {
      this.streams = streams;
      this.each = each;
      this.expected = expected;
    }

    @Override
    public List<UUID> prepare() {
      List<UUID> made = new ArrayList<>();
      for (int image = 0; image < streams; image++) {
        made.add(images.make());
      }
      return made;
    }

    @Override
    public void move(List<UUID> prepared) throws IOException {
      onClients(prepared, image -> put(image, each));
    }

    @Override
    public void verify(List<UUID> prepared) {
      for (UUID image : prepared) {
        api.files().verify(image, expected);
        api.images().delete(image);
      }
    }
  }

  /** Imports data into an image that the task makes. */
  private final class Imports implements Mover {

    private UUID imported = new UUID(0, 0);

    @Override
    public void move(List<UUID> prepared) throws IOException {
      onClients(List.of(stored), any -> imported = image());
    }

    private UUID image() {
      RemoteTask task =
          api.tasks()
              .create(
                  "import",
                  Map.of(
                      "import_from",
                      origin.url(),
                      "import_from_format",
                      "raw",
                      "image_properties",
                      Map.of("name", MadeImages.NAME, "container_format", "bare")));
      while (!task.isFinal()) {
        pause();
        task = api.tasks().show(task.id());
      }
      UUID image = task.imageId();
      if (!task.status().equals("success") || image == null) {
        throw new Unavailable("task %s: %s".formatted(task.id(), task.message()));
      }
      return image;
    }

    @Override
    public void verify(List<UUID> prepared) {
      api.files().verify(imported, known);
      api.images().delete(imported);
    }
  }

  /** What one client does with one image. */
  private interface Call {
    void make(UUID image) throws IOException;
  }

  private void onClients(List<UUID> of, Call call) throws IOException {
    List<Future<?>> calls = new ArrayList<>();
    for (UUID image : of) {
      calls.add(
          clients.submit(
              () -> {
                call.make(image);
                return image;
              }));
    }
    try {
      for (Future<?> one : calls) {
        Object unused = one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void put(UUID image, GeneratedData all) throws IOException {
    try (BareClient client = new BareClient(base())) {
      client.put(path(image), all);
    }
  }

  private void get(UUID image) throws IOException {
    try (BareClient client = new BareClient(base())) {
      client.get(path(image), data.size());
    }
  }

  private URI base() {
    return api.endpoint();
  }

  private static String path(UUID image) {
    return "/v2/images/%s/file".formatted(image);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    clients.shutdownNow();
    loopback.close();
    origin.close();
    images.close();
  }
}
