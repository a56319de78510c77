package dev.vitrine.operations;

import dev.vitrine.registry.InTransit;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a process measures, in Prometheus' form. Labels are words of ours, and never ids or what
 * callers say, so that there is an end to them. Thread-safe.
 */
public final class Measurements implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final MultiGauge images =
      MultiGauge.builder("vitrine.images.in.transit")
          .description("Images on their way to another status, as the registry has them")
          .register(registry);
  private final MultiGauge tasks =
      MultiGauge.builder("vitrine.tasks.unfinished")
          .description("Tasks that are not over, as the registry has them")
          .register(registry);

  private final MultiGauge behind =
      MultiGauge.builder("vitrine.webhooks.behind")
          .description("Changes that a webhook was not told yet, at most")
          .register(registry);
  private final MultiGauge attempts =
      MultiGauge.builder("vitrine.webhooks.failed.attempts")
          .description("Attempts to tell a webhook that failed since the last that did not")
          .register(registry);
  private final MultiGauge deadLetters =
      MultiGauge.builder("vitrine.webhooks.dead.letters")
          .description("Events that a webhook did not take, and that were given up")
          .register(registry);

  /** Begins with what the process itself does. */
  public Measurements() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** What others measure with. */
  public MeterRegistry meters() {
    return registry;
  }

  /** Says in each scrape what a supplier says then. */
  void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /** What is in transit from now on, and what webhooks have not taken. */
  void update(InTransit now, List<WebhookBacklog> webhooks) {
    images.register(rows(now.images()), true);
    tasks.register(rows(now.tasks()), true);
    behind.register(rows(webhooks, WebhookBacklog::behind), true);
    attempts.register(rows(webhooks, WebhookBacklog::attempts), true);
    deadLetters.register(rows(webhooks, WebhookBacklog::deadLetters), true);
  }

  private static Iterable<MultiGauge.Row<?>> rows(
      List<WebhookBacklog> webhooks, ToLongFunction<WebhookBacklog> number) {
    return webhooks.stream()
        .<MultiGauge.Row<?>>map(
            each ->
                MultiGauge.Row.of(Tags.of("endpoint", each.endpoint()), number.applyAsLong(each)))
        .toList();
  }

  private static Iterable<MultiGauge.Row<?>> rows(Map<?, Integer> counts) {
    return counts.entrySet().stream()
        .<MultiGauge.Row<?>>flatMap(
            each ->
                Stream.of(
                    MultiGauge.Row.of(
                        Tags.of("status", each.getKey().toString()), each.getValue())))
        .toList();
  }

  /** All of it, in Prometheus' text format. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
