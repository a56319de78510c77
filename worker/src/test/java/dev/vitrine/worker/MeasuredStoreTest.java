package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsCopy;
import dev.vitrine.store.SupportsListing;
import dev.vitrine.store.SupportsReadBack;
import dev.vitrine.store.SupportsResume;
import dev.vitrine.store.WritableStore;
import dev.vitrine.store.file.FilesystemStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MeasuredStoreTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String key = new UUID(1, 2) + "/" + new UUID(3, 4);

  @TempDir Path directory;

  private WritableStore store() {
    return (WritableStore) MeasuredStore.of(new FilesystemStore("main", directory), meters);
  }

  private long count(String operation, String outcome) {
    return meters.find("vitrine.store.operations").tag("store", "main").timers().stream()
        .filter(timer -> operation.equals(timer.getId().getTag("operation")))
        .filter(timer -> outcome.equals(timer.getId().getTag("outcome")))
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private void put(WritableStore store) {
    StoreWriter writer = store.create(key);
    writer.write(ByteBuffer.wrap("data".getBytes(StandardCharsets.US_ASCII)));
    writer.publish();
  }

  @Test
  void isAbleToDoWhatTheStoreIs() {
    Store store = store();

    assertThat(store)
        .isInstanceOf(SupportsResume.class)
        .isInstanceOf(SupportsListing.class)
        .isInstanceOf(SupportsCopy.class);
    try (StoreWriter writer = ((WritableStore) store).create(key)) {
      assertThat(writer).isInstanceOf(SupportsReadBack.class);
      writer.discard();
    }
  }

  @Test
  void countsEachOperationOfTheStoreItsWritersAndItsReaders() {
    WritableStore store = store();
    put(store);
    ByteBuffer into = ByteBuffer.allocate(9);
    try (StoreReader reader = store.reader(key)) {
      assertThat(reader.size()).isEqualTo(4);
      assertThat(reader.read(into, 0)).isEqualTo(4);
    }

    assertThat(count("create", "succeeded")).isEqualTo(1);
    assertThat(count("write", "succeeded")).isEqualTo(1);
    assertThat(count("publish", "succeeded")).isEqualTo(1);
    assertThat(count("reader", "succeeded")).isEqualTo(1);
    assertThat(count("read", "succeeded")).isEqualTo(1);
    assertThat(count("size", "succeeded")).isZero();
  }

  @Test
  void tellsRefusalsFromFailures() {
    WritableStore store = store();
    Store down =
        MeasuredStore.of(
            new Store() {
              @Override
              public String name() {
                return "main";
              }

              @Override
              public OptionalLong size(String key) {
                throw new Unavailable("the store does not answer");
              }

              @Override
              public InputStream open(String key, long offset) {
                throw new AssertionError("not asked");
              }

              @Override
              public StoreReader reader(String key) {
                throw new AssertionError("not asked");
              }
            },
            meters);

    assertThatThrownBy(() -> store.reader(key)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> down.size(key))
        .isInstanceOf(Unavailable.class)
        .hasMessage("the store does not answer");

    assertThat(count("reader", "refused")).isEqualTo(1);
    assertThat(count("reader", "failed")).isZero();
    assertThat(count("size", "failed")).isEqualTo(1);
  }
}
