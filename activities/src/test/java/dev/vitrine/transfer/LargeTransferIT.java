package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.source.OpenSource;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.file.FilesystemStore;
import dev.vitrine.thread.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More than four gibibytes that are no holes, onto a real file system, in a few buffers. */
class LargeTransferIT {

  private static final long SIZE = (4L << 30) + (65L << 20) + 1_234_567;

  private final ExecutorService executor =
      Executors.newCachedThreadPool(DaemonThreads.named("vitrine-transfer"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vitrine-transfer"));
  private final String key = UUID.randomUUID() + "/" + UUID.randomUUID();
  private FilesystemStore store;

  @BeforeEach
  void makeStore() {
    store = new FilesystemStore("large", Path.of("target", "large-transfer"));
  }

  @AfterEach
  void removeData() throws IOException {
    executor.shutdownNow();
    timer.shutdownNow();
    store.delete(key);
    Files.delete(Path.of("target", "large-transfer", ".partial"));
    Files.delete(Path.of("target", "large-transfer"));
  }

  @Test
  void storesMoreThanFourGibibytesInAFewBuffers() throws Exception {
    TransferConfig config = TransferConfig.defaults();
    Buffers buffers = new Buffers(config.tuning().bufferSize(), config.tuning().buffers());
    Generated data = new Generated();
    OpenSource source = new OpenSource("generated data", data, 0, SIZE, null, false);
    ImageData stored;
    try (Watchdog watchdog = QuietWatchdog.of(config, timer, executor);
        StoreWriter writer = store.create(key)) {
      ProgressNotes notes =
          new ProgressNotes(new FakeRegistry(), null, config.tuning().progressInterval(), executor);
      AttemptProgress attempt =
          new AttemptProgress(watchdog, null, 1, notes, new KeptDigests().of(UUID.randomUUID(), 1));
      attempt.begins(source, writer);
      Reservation room = new Reservation(bytes -> {});
      DataInspection inspection = new DataInspection("large", "raw", null);
      try (CopyPass pass =
          new CopyPass(
              "large", config, buffers, executor, watchdog, attempt::durable, room, inspection)) {
        stored = pass.copy(source, writer, SIZE);
      }
      assertThat(watchdog.current().bytes()).isGreaterThan(1L << 32);
      writer.publish();
    }
    assertThat(stored).isEqualTo(data.digests().describing(SIZE));
    assertThat(buffers.allocated()).isLessThanOrEqualTo(config.tuning().buffers());
    assertThat(store.size(key)).hasValue(SIZE);
    assertThat(ExpectedData.exactly(stored).size()).isEqualTo(SIZE);
    try (InputStream tail = store.open(key, SIZE - 3)) {
      assertThat(tail.readAllBytes()).isEqualTo(data.lastThree());
    }
  }

  /** Blocks of noise, each with its number, hashed as they are given out. */
  private static final class Generated extends InputStream {

    private final byte[] block = new byte[1 << 20];
    private final MessageDigest md5;
    private final MessageDigest sha512;
    private long position;

    Generated() throws NoSuchAlgorithmException {
      new Random(42).nextBytes(block);
      md5 = MessageDigest.getInstance("MD5");
      sha512 = MessageDigest.getInstance("SHA-512");
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (position == SIZE) {
        return -1;
      }
      int at = (int) (position % block.length);
      if (at == 0) {
        ByteBuffer.wrap(block).putLong(position);
      }
      int most = (int) Math.min(Math.min(length, block.length - at), SIZE - position);
      System.arraycopy(block, at, into, offset, most);
      md5.update(into, offset, most);
      sha512.update(into, offset, most);
      position += most;
      return most;
    }

    byte[] lastThree() {
      int end = (int) (SIZE % block.length);
      return new byte[] {block[end - 3], block[end - 2], block[end - 1]};
    }

    ImageData digests() {
      HexFormat hex = HexFormat.of();
      return new ImageData(SIZE, hex.formatHex(md5.digest()), hex.formatHex(sha512.digest()));
    }
  }
}
