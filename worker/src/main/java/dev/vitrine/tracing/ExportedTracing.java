package dev.vitrine.tracing;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.RequestObserver;
import dev.vitrine.store.Store;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Traces that go to a collector, by OpenTelemetry's SDK. */
final class ExportedTracing implements Tracing {

  /** As long as a process that is to end may be held up by a collector that does not answer. */
  private static final int FLUSH_SECONDS = 2;

  /** The one that the JDK's client speaks. */
  private static final String PROTOCOL = "http/protobuf";

  /** What the variables say nothing of. Only traces are sent: metrics are asked for elsewhere. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.traces.exporter", "otlp",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.exporter.otlp.protocol", PROTOCOL,
          "otel.attribute.value.length.limit", "256");

  private static final String NAMELESS = "unknown_service:java";
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

  private final OpenTelemetrySdk sdk;
  private final CollectorLog log;
  private final Spans spans;

  private ExportedTracing(OpenTelemetrySdk sdk, CollectorLog log) {
    this.sdk = sdk;
    this.log = log;
    this.spans = new Spans(sdk.getTracer("dev.vitrine"));
  }

  static ExportedTracing otlp(Map<String, String> environment, Map<String, String> about) {
    requireSpoken(environment);
    CollectorLog log = CollectorLog.install();
    try {
      return new ExportedTracing(
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> DEFAULTS)
              .addPropertiesCustomizer(known -> properties(environment))
              .addResourceCustomizer((given, known) -> resource(given, about))
              .build()
              .getOpenTelemetrySdk(),
          log);
    } catch (RuntimeException e) {
      log.close();
      throw VitrineException.because(e, new Invalid(reason(e, environment)));
    }
  }

  private static void requireSpoken(Map<String, String> environment) {
    for (String name :
        List.of("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")) {
      String protocol = environment.getOrDefault(name, "");
      if (!protocol.isEmpty() && !protocol.equals(PROTOCOL)) {
        throw new Invalid("%s is '%s': give %s".formatted(name, protocol, PROTOCOL));
      }
    }
  }

  /** The variables as properties; a system property comes first, as in the SDK itself. */
  private static Map<String, String> properties(Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
          if (name.startsWith("OTEL_") && System.getProperty(key) == null) {
            properties.put(key, value);
          }
        });
    return properties;
  }

  private static Resource resource(Resource given, Map<String, String> about) {
    AttributesBuilder ours = Attributes.builder();
    about.forEach(ours::put);
    Resource all = Resource.create(ours.build()).merge(given);
    String name = about.get(SERVICE.getKey());
    return name == null || !NAMELESS.equals(given.getAttribute(SERVICE))
        ? all
        : all.merge(Resource.create(Attributes.of(SERVICE, name)));
  }

  /** What headers carry may be a credential, and is not repeated. */
  private static String reason(RuntimeException e, Map<String, String> environment) {
    String message = String.valueOf(e.getMessage());
    for (Map.Entry<String, String> each : environment.entrySet()) {
      if (each.getKey().startsWith("OTEL_") && each.getKey().endsWith("HEADERS")) {
        message = message.replace(each.getValue(), "…");
      }
    }
    return "OpenTelemetry's configuration is wrong: %s; correct the variable OTEL_… that says so"
        .formatted(CollectorLog.withoutCredentials(message));
  }

  @Override
  public RequestObserver observing(RequestObserver requests) {
    return new RequestSpans(spans, requests);
  }

  @Override
  public List<WorkerInterceptor> work() {
    return List.of(new WorkSpans(spans));
  }

  @Override
  public List<WorkflowClientInterceptor> starts() {
    return List.of(new StartSpans(spans));
  }

  @Override
  public Store traced(Store store) {
    return TracedStore.of(store, spans);
  }

  @Override
  public void close() {
    var unused = sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    log.close();
  }
}
