package dev.vitrine.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Memory for what will be written, given back to the system just before it is needed. A virtual
 * machine gives memory that is free for some seconds back to its host, and the first use of it
 * afterwards costs several times what the data does: whoever was slower would pay for that, too.
 * Safe for use by many threads.
 */
final class WarmMemory implements AutoCloseable {

  private static final long PART = 64 << 20;

  private final Queue<Path> parts = new ArrayDeque<>();
  private final long part;
  private long needed;
  private long given;

  /** Takes as much of the page cache, by files in a directory. */
  WarmMemory(Path directory, long size) throws IOException {
    this(directory, size, PART);
  }

  /**
   * @param part bytes that are given back at a time
   */
  WarmMemory(Path directory, long size, long part) throws IOException {
    this.part = part;
    GeneratedData data = new GeneratedData(Math.min(size, part));
    for (long taken = 0; taken < size; taken += part) {
      Path file = directory.resolve("vitrine-bench-memory-" + taken / part);
      parts.add(file);
      // Not forced: it is there for its memory, and gone before it reaches the disk.
      try (OutputStream out = Files.newOutputStream(file)) {
        data.writeTo(out);
      }
    }
    need(part);
  }

  /** So much more is written now. */
  void need(long bytes) {
    Path next = taken(bytes);
    while (next != null) {
      try {
        Files.delete(next);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      next = taken(0);
    }
  }

  /** A part ahead of what is needed; null while there is one. */
  private synchronized @Nullable Path taken(long bytes) {
    needed += bytes;
    if (given > needed) {
      return null;
    }
    given += part;
    return parts.poll();
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      for (Path part = parts.poll(); part != null; part = parts.poll()) {
        Files.delete(part);
      }
    }
  }
}
