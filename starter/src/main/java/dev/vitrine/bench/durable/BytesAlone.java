package dev.vitrine.bench.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Random;
import java.util.UUID;

/** What bytes cost by themselves: two digests, and a file that is forced to the disk. */
final class BytesAlone implements MeasuredWork {

  static final String NAME = "the bytes of 1 MiB alone: MD5, SHA-512, a forced file";

  private final Path directory;
  private final byte[] data;

  /**
   * @param size of the data, in bytes
   * @param directory to write it to
   */
  BytesAlone(int size, Path directory) {
    this.directory = directory;
    this.data = new byte[size];
    new Random(size).nextBytes(data);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Limit limit() {
    return Limit.NONE;
  }

  @Override
  public boolean clientsCount() {
    return true;
  }

  @Override
  public long call() throws Exception {
    long began = System.nanoTime();
    Path file = directory.resolve("bytes-" + UUID.randomUUID());
    int unused = MessageDigest.getInstance("MD5").digest(data).length;
    unused = MessageDigest.getInstance("SHA-512").digest(data).length;
    write(file);
    Files.delete(file);
    return System.nanoTime() - began;
  }

  private void write(Path file) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer all = ByteBuffer.wrap(data);
      while (all.hasRemaining()) {
        int unused = out.write(all);
      }
      out.force(true);
    }
  }
}
