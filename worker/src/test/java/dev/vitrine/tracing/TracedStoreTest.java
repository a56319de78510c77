package dev.vitrine.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsCopy;
import dev.vitrine.store.SupportsListing;
import dev.vitrine.store.SupportsReadBack;
import dev.vitrine.store.SupportsResume;
import dev.vitrine.store.WritableStore;
import dev.vitrine.store.file.FilesystemStore;
import dev.vitrine.thread.LogContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TracedStoreTest {

  private static final TraceParent WORK = new TraceParent("a".repeat(32), "b".repeat(16), true);

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();
  private final String key = new UUID(1, 2) + "/" + new UUID(3, 4);
  private WritableStore store;

  @TempDir Path directory;

  @BeforeEach
  void open() {
    store =
        (WritableStore)
            TracedStore.of(new FilesystemStore("main", directory), new Spans(provider.get("test")));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private SpanData only() {
    List<SpanData> spans = exporter.getFinishedSpanItems();
    assertThat(spans).hasSize(1);
    exporter.reset();
    return spans.get(0);
  }

  private void write(String... pieces) {
    try (StoreWriter writer = store.create(key)) {
      for (String piece : pieces) {
        writer.write(ByteBuffer.wrap(piece.getBytes(StandardCharsets.US_ASCII)));
      }
      writer.publish();
    }
  }

  @Test
  void isAbleToDoWhatTheStoreIs() {
    assertThat((Store) store)
        .isInstanceOf(SupportsResume.class)
        .isInstanceOf(SupportsListing.class)
        .isInstanceOf(SupportsCopy.class);
    try (StoreWriter writer = store.create(key)) {
      assertThat(writer).isInstanceOf(SupportsReadBack.class);
      writer.discard();
    }
  }

  /** However many pieces it comes in. */
  @Test
  void aWriteIsOneSpanOfWhatTheThreadWorksFor() {
    LogContext.during(WORK.about(), () -> write("some ", "data"));

    SpanData span = only();
    assertThat(span.getName()).isEqualTo("store write");
    assertThat(span.getTraceId()).isEqualTo(WORK.traceId());
    assertThat(span.getParentSpanId()).isEqualTo(WORK.spanId());
    assertThat(span.getAttributes().get(Spans.BYTES)).isEqualTo(9);
    assertThat(span.getAttributes().get(Spans.STORE)).isEqualTo("main");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void aResumptionIsASpanOfItsOwn() {
    StoreWriter first = store.create(key);
    first.write(ByteBuffer.wrap(new byte[5]));
    long durable = first.sync();
    String token = first.token();
    first.close();
    assertThat(only().getAttributes().get(Spans.BYTES)).isEqualTo(5);

    try (StoreWriter second = ((SupportsResume) store).resume(key, token, durable)) {
      second.write(ByteBuffer.wrap(new byte[2]));
      second.publish();
    }

    assertThat(only().getAttributes().get(Spans.BYTES)).isEqualTo(2);
  }

  @Test
  void aReadIsOneSpanWithTheBytesThatWereRead() throws IOException {
    write("some data");
    exporter.reset();

    try (StoreReader reader = store.reader(key)) {
      int first = reader.read(ByteBuffer.allocate(4), 0);
      int second = reader.read(ByteBuffer.allocate(9), 4);
      int end = reader.read(ByteBuffer.allocate(9), 9);
      assertThat(List.of(first, second, end)).containsExactly(4, 5, -1);
    }
    SpanData reader = only();
    try (InputStream stream = store.open(key, 2)) {
      assertThat(stream.read()).isEqualTo('m');
      assertThat(stream.readAllBytes()).hasSize(6);
    }
    SpanData stream = only();

    assertThat(reader.getName()).isEqualTo("store read");
    assertThat(reader.getAttributes().get(Spans.BYTES)).isEqualTo(9);
    assertThat(stream.getName()).isEqualTo("store read");
    assertThat(stream.getAttributes().get(Spans.BYTES)).isEqualTo(7);
  }

  @Test
  void copiesAndDeletionsAreSpans() {
    write("some data");
    exporter.reset();

    assertThat(((SupportsCopy) store).copy(key, new UUID(1, 2) + "/" + new UUID(5, 6))).isTrue();
    assertThat(only().getName()).isEqualTo("store copy");
    store.delete(key);
    assertThat(only().getName()).isEqualTo("store delete");
  }

  @Test
  void whatOnlyAsksForASizeIsNone() {
    assertThat(store.size(key)).isEmpty();
    assertThat(store.name()).isEqualTo("main");

    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  /** A message quotes what others said. */
  @Test
  void aFailureIsNamedByItsKindAlone() {
    assertThatThrownBy(() -> store.reader(key)).isInstanceOf(NotFound.class);

    SpanData span = only();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getStatus().getDescription()).isEmpty();
    assertThat(span.getAttributes().get(Spans.ERROR)).isEqualTo("NotFound");
    assertThat(span.getEvents()).isEmpty();
    assertThat(span.toString()).doesNotContain(key);
  }

  @Test
  void aWriterThatWasGivenUpAfterAFailureSaysSo() {
    StoreWriter writer = store.create(key);
    store.delete(key);
    assertThatThrownBy(writer::publish).isInstanceOf(RuntimeException.class);
    writer.close();

    assertThat(exporter.getFinishedSpanItems())
        .filteredOn(span -> span.getName().equals("store write"))
        .singleElement()
        .satisfies(
            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
  }
}
