package dev.vitrine.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients behind a balancer: each makes images, gives them data, reads and deletes them, one
 * request after the other, at whatever process said last that it is ready. Nothing is tried twice.
 */
final class Balancer implements AutoCloseable {

  private static final int CLIENTS = 2;

  private static final long BETWEEN_CHECKS = TimeUnit.MILLISECONDS.toNanos(100);

  private final HttpClient checks = HttpClient.newHttpClient();
  private final List<URI> all;
  private final Set<URI> ready = ConcurrentHashMap.newKeySet();
  private final Map<URI, AtomicInteger> answers = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  Balancer(List<URI> all) {
    this.all = List.copyOf(all);
    ready.addAll(all);
    all.forEach(url -> answers.put(url, new AtomicInteger()));
    threads.add(new Thread(this::check, "checks"));
    for (int i = 0; i < CLIENTS; i++) {
      int turn = i;
      threads.add(new Thread(() -> work(turn), "client-" + i));
    }
    threads.forEach(Thread::start);
  }

  /** What was not answered by 2xx, or not at all. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Waits until that process has answered so many more requests. */
  void awaitAnswers(int more, URI url) throws InterruptedException {
    int enough = answers.get(url).get() + more;
    Eventually.until(
        "requests are answered", () -> answers.get(url).get() >= enough || !failures.isEmpty());
  }

  void awaitReady(URI url, boolean wanted) throws InterruptedException {
    Eventually.until("it is noticed", () -> ready.contains(url) == wanted);
  }

  private void check() {
    while (!over) {
      for (URI url : all) {
        if (isReady(url)) {
          ready.add(url);
        } else {
          ready.remove(url);
        }
      }
      LockSupport.parkNanos(BETWEEN_CHECKS);
    }
  }

  private boolean isReady(URI url) {
    HttpRequest check = HttpRequest.newBuilder(url.resolve("/healthcheck")).build();
    try {
      return checks.send(check, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      over = true;
      return false;
    }
  }

  private void work(int turn) {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = turn; !over; i++) {
      String id = UUID.randomUUID().toString();
      String image = "/v2/images/" + id;
      String body =
          "{\"id\": \"%s\", \"disk_format\": \"raw\", \"container_format\": \"bare\"}"
              .formatted(id);
      // Each at another process, if there is one.
      boolean made =
          call(client, i, "POST", "/v2/images", "application/json", body)
              && call(client, i + 1, "PUT", image + "/file", "application/octet-stream", id)
              && call(client, i, "GET", image + "/file", "", "")
              && call(client, i + 1, "DELETE", image, "", "");
      if (!made) {
        return;
      }
    }
  }

  private boolean call(
      HttpClient client, int turn, String method, String path, String type, String body) {
    List<URI> targets = all.stream().filter(ready::contains).toList();
    if (targets.isEmpty()) {
      failures.add("nobody is ready for %s %s".formatted(method, path));
      return false;
    }
    URI url = targets.get(turn % targets.size());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .method(method, BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        failures.add(
            "%s %s at %s: %d %s".formatted(method, path, url, answer.statusCode(), answer.body()));
        return false;
      }
      answers.get(url).incrementAndGet();
      return true;
    } catch (IOException e) {
      failures.add("%s %s at %s: %s".formatted(method, path, url, e));
      return false;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
