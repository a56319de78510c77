package dev.vitrine.api;

import dev.vitrine.http.Json;
import dev.vitrine.task.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vitrine's own: how far an upload or a task is.
 *
 * @param status the image's or the task's
 * @param progress null if nothing is moved, or has been reported
 * @param message what it waits for, or why the last attempt failed; null if neither
 * @param over whether there is nothing more to come
 */
record ProgressDocument(
    String status, @Nullable Progress progress, @Nullable String message, boolean over) {

  byte[] bytes() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("status", status);
    document.put("step", progress == null ? null : progress.step());
    document.put("bytes", progress == null ? null : progress.bytes());
    document.put("total", progress == null ? null : progress.total());
    document.put("percent", progress == null ? null : progress.percent());
    document.put("bytes_per_second", progress == null ? null : progress.bytesPerSecond());
    document.put(
        "seconds_since_last_byte", progress == null ? null : progress.secondsSinceLastByte());
    document.put("attempt", progress == null ? null : progress.attempt());
    document.put("message", message);
    return Json.write(document);
  }
}
