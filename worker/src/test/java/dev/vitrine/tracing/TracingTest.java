package dev.vitrine.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.RequestObserver;
import dev.vitrine.store.Store;
import dev.vitrine.store.file.FilesystemStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TracingTest {

  @TempDir Path directory;

  @Test
  void noneLeavesEverythingAsItIs() {
    Store store = new FilesystemStore("main", directory);
    RequestObserver observer = (method, route, status, nanos) -> {};

    assertThat(Tracing.NONE.traced(store)).isSameAs(store);
    assertThat(Tracing.NONE.observing(observer)).isSameAs(observer);
    assertThat(Tracing.NONE.work()).isEmpty();
    assertThat(Tracing.NONE.starts()).isEmpty();
  }

  /** The library that speaks it is not there. */
  @Test
  void refusesAProtocolThatItDoesNotSpeak() {
    assertThatThrownBy(
            () -> Tracing.otlp(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), Map.of()).close())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("OTEL_EXPORTER_OTLP_PROTOCOL")
        .hasMessageContaining("http/protobuf");
  }

  @Test
  void refusesAWrongVariableAndNamesIt() {
    assertThatThrownBy(() -> Tracing.otlp(Map.of("OTEL_BSP_SCHEDULE_DELAY", "soon"), Map.of()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("OpenTelemetry's configuration is wrong")
        .hasMessageContaining("otel.bsp.schedule.delay")
        .hasMessageContaining("soon");
  }

  @Test
  void repeatsNoCredentialsOfAWrongVariable() {
    assertThatThrownBy(
            () ->
                Tracing.otlp(
                    Map.of(
                        "OTEL_EXPORTER_OTLP_HEADERS", "Bearer hunter2",
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://me:hunter2@there"),
                    Map.of()))
        .isInstanceOf(Invalid.class)
        .hasMessageNotContaining("hunter2");
  }
}
