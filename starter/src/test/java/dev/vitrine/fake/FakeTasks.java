package dev.vitrine.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tasks in memory. What becomes of an import, its URL's last path segment says: {@code ok}, {@code
 * broken}, or {@code hold}: it goes on until it is cancelled or released. Thread-safe.
 */
public final class FakeTasks {

  private final Map<String, Map<String, Object>> tasks = new LinkedHashMap<>();

  /** Lets a held task succeed. */
  public synchronized void release(String id) {
    succeed(tasks.get(id));
  }

  /** The inputs of all tasks so far. */
  public synchronized List<Object> inputs() {
    return tasks.values().stream().map(task -> task.get("input")).toList();
  }

  synchronized FakeAnswer route(String method, List<String> path, byte[] body) {
    if (path.isEmpty()) {
      return method.equals("POST")
          ? create(FakeImageApi.object(body))
          : FakeAnswer.ok(Map.of("tasks", new ArrayList<>(tasks.values())));
    }
    Map<String, Object> task = tasks.get(path.get(0));
    if (task == null) {
      return FakeAnswer.refused(404, "No task found with ID " + path.get(0));
    }
    if (path.size() == 2) {
      return FakeAnswer.ok(
          Map.of(
              "status", task.get("status"),
              "step", "transfer",
              "bytes", 1024,
              "total", 2048,
              "bytes_per_second", 1024,
              "attempt", 1));
    }
    if (method.equals("DELETE")) {
      fail(task, "cancelled by anna");
      return FakeAnswer.DONE;
    }
    return FakeAnswer.ok(task);
  }

  private FakeAnswer create(Map<String, Object> given) {
    String id = UUID.randomUUID().toString();
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("id", id);
    task.put("type", given.get("type"));
    task.put("status", "processing");
    task.put("owner", "blue");
    task.put("created_at", "2026-07-01T12:00:00Z");
    task.put("input", given.get("input"));
    task.put("message", "");
    tasks.put(id, task);
    String wish = String.valueOf(((Map<?, ?>) given.get("input")).get("import_from"));
    if (wish.endsWith("/broken")) {
      fail(task, "the source answered 404");
    } else if (!wish.endsWith("/hold")) {
      succeed(task);
    }
    return new FakeAnswer(201, task);
  }

  private static void succeed(Map<String, Object> task) {
    task.put("status", "success");
    task.put("result", Map.of("image_id", "0f8fad5b-d9cb-469f-a165-70867728950e"));
  }

  private static void fail(Map<String, Object> task, String why) {
    task.put("status", "failure");
    task.put("message", why);
  }
}
