package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the built worker tells of itself, and what the files for Grafana and Prometheus ask of it.
 */
@Timeout(120)
class OperationsIT {

  private static final Path DEPLOY = Path.of("../worker/deploy");

  /** A metric's name in an expression. */
  private static final Pattern NAME =
      Pattern.compile("\\b(?:vitrine|temporal|hikaricp|jvm|process|system)_[a-z_]+");

  private static final Pattern QUEUE = Pattern.compile("task_queue=\"([^\"]+)\"");

  @TempDir Path directory;

  private static HttpResponse<String> get(URI url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  private static String scrape(URI operations) {
    try {
      return get(operations.resolve("/metrics")).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> asked(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(Files.readString(file));
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  private static Set<String> exported(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The queues from which the process takes no more activities, as it has enough. */
  private static Set<String> withoutSlots(String scrape) {
    return scrape
        .lines()
        .filter(line -> line.startsWith("temporal_worker_task_slots_available{"))
        .filter(line -> line.contains("worker_type=\"ActivityWorker\"") && line.endsWith(" 0.0"))
        .flatMap(line -> QUEUE.matcher(line).results().map(queue -> queue.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The queues that the alert leaves out. */
  private static Pattern busyWithoutAlarm() throws IOException {
    String rules = Files.readString(DEPLOY.resolve("prometheus/alerts.yaml"));
    Matcher leftOut = Pattern.compile("task_queue!~\"([^\"]+)\"").matcher(rules);
    assertThat(leftOut.find()).isTrue();
    return Pattern.compile(leftOut.group(1));
  }

  /** Nobody is there. */
  private void addWebhook() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "s".repeat(32));
    Files.writeString(
        directory.resolve("worker.yaml"),
        """
        webhooks:
          endpoints: [{name: hook, url: 'http://127.0.0.1:1/', secret-file: '%s'}]
          addresses: [loopback]
        """
            .formatted(secret),
        StandardOpenOption.APPEND);
  }

  @Test
  void whatDashboardAndAlertsAskForIsMeasured() throws Exception {
    int port = FreePort.find();
    URI operations = URI.create("http://127.0.0.1:" + port);
    try (Cluster cluster = new Cluster(directory)) {
      addWebhook();
      URI api =
          cluster.startApi(
              Map.of(
                  "VITRINE_OPERATIONS_PORT",
                  Integer.toString(port),
                  "VITRINE_TRANSFER_SMALL_SIZE",
                  "0B"));
      ApiCaller caller = new ApiCaller(api, "");
      String id = caller.createImage("private", false);
      HttpResponse<String> stored =
          caller.send("PUT", "/v2/images/" + id + "/file", "application/octet-stream", "abc");
      assertThat(stored.statusCode()).as(stored.body()).isEqualTo(204);

      HttpResponse<String> ready = get(operations.resolve("/ready"));
      assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
      assertThat(new ObjectMapper().readTree(ready.body()).at("/uses"))
          .hasToString("{\"temporal\":\"ok\",\"stores\":\"ok\"}");
      Eventually.until(
          "what Temporal's client measured is told",
          () -> scrape(operations).contains("temporal_request_total"));
      String scrape = scrape(operations);

      assertThat(scrape)
          .contains(
              "vitrine_http_requests_seconds_count{method=\"PUT\",route=\"/v2/images/{id}/file\",status=\"204\"}"
                  + " 1")
          .contains("vitrine_transfers_seconds_count{kind=\"store\",outcome=\"succeeded\"} 1")
          .contains("vitrine_transferred_bytes_total{kind=\"store\"} 3")
          .contains("vitrine_transfers_active{kind=\"store\"} 0")
          .contains(
              "vitrine_store_operations_seconds_count{operation=\"publish\",outcome=\"succeeded\",store=\"main\"}"
                  + " 1")
          .contains("vitrine_webhooks_dead_letters{endpoint=\"hook\"} 0")
          .doesNotContain(id);
      assertThat(exported(scrape))
          .containsAll(asked(DEPLOY.resolve("grafana/vitrine.json")))
          .containsAll(asked(DEPLOY.resolve("prometheus/alerts.yaml")));

      // A webhook's slot is taken for as long as it is told, which is no alarm.
      Eventually.until("the webhook is told", () -> !withoutSlots(scrape(operations)).isEmpty());
      assertThat(withoutSlots(scrape(operations))).allMatch(busyWithoutAlarm().asMatchPredicate());
    }
  }
}
