package dev.vitrine.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.store.StoreWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a process that is killed in the middle leaves to the next one. */
final class FilesystemStoreIT {

  private static final String DATA = "what is written, and more";

  /** How far the process comes. */
  enum Step {
    CREATED,
    WRITTEN,
    SYNCED,
    WRITTEN_ON,
    DISCARDED,
    PUBLISHED
  }

  @TempDir private Path directory;

  private final String key = UUID.randomUUID() + "/" + UUID.randomUUID();

  @ParameterizedTest
  @EnumSource(Step.class)
  void leavesWhatAnotherProcessGoesOnWith(Step step) throws IOException, InterruptedException {
    long durable = dieAfter(step);
    FilesystemStore store = new FilesystemStore("main", directory);

    boolean published = step == Step.PUBLISHED;
    assertThat(store.confirm(key)).isEqualTo(published);
    if (!published) {
      assertThat(store.unfinished(key, null)).isGreaterThanOrEqualTo(durable);
      try (StoreWriter writer =
          durable == 0 ? store.create(key) : store.resume(key, null, durable)) {
        writer.write(ByteBuffer.wrap(DATA.getBytes(UTF_8)).position((int) durable));
        writer.publish();
      }
    }
    try (InputStream stream = store.open(key, 0)) {
      assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo(DATA);
    }
  }

  @Test
  void leavesNothingThatCantBeRemoved() throws IOException, InterruptedException {
    dieAfter(Step.WRITTEN_ON);

    new FilesystemStore("main", directory).delete(key);

    try (Stream<Path> all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  /** Returns what the process said to be durable before it was gone. */
  private long dieAfter(Step step) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    Dying.class.getName(),
                    directory.toString(),
                    key,
                    step.name()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(output).isEqualTo(137);
    return Long.parseLong(output);
  }

  /** Writes as far as it is told, says what is durable, and is gone, without closing anything. */
  static final class Dying {

    public static void main(String[] args) {
      StoreWriter writer = new FilesystemStore("main", Path.of(args[0])).create(args[1]);
      Step last = Step.valueOf(args[2]);
      byte[] data = DATA.getBytes(UTF_8);
      long durable = 0;
      for (Step step : Step.values()) {
        switch (step) {
          case CREATED -> {}
          case WRITTEN -> writer.write(ByteBuffer.wrap(data, 0, 7));
          case SYNCED -> durable = writer.sync();
          case WRITTEN_ON -> writer.write(ByteBuffer.wrap(data, 7, data.length - 7));
          case DISCARDED -> {
            if (last == step) {
              writer.discard();
              durable = 0;
            }
          }
          case PUBLISHED -> {
            writer.publish();
            durable = data.length;
          }
        }
        if (step == last) {
          break;
        }
      }
      System.out.println(durable);
      System.out.flush();
      Runtime.getRuntime().halt(137);
    }
  }
}
