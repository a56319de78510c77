package dev.vitrine.remote;

import dev.vitrine.task.Progress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an upload or a task is.
 *
 * @param status of the image or the task
 * @param progress of its transfer; null if none is running or has reported yet
 * @param message why the transfer's previous attempt ended, or the task failed; null if there is
 *     nothing to say
 */
public record RemoteProgress(String status, @Nullable Progress progress, @Nullable String message) {

  static RemoteProgress of(Map<String, @Nullable Object> document) {
    Long bytes = JsonFields.number(document, "bytes");
    Long rate = JsonFields.number(document, "bytes_per_second");
    Long attempt = JsonFields.number(document, "attempt");
    return new RemoteProgress(
        JsonFields.required(document, "status"),
        bytes == null
            ? null
            : new Progress(
                JsonFields.text(document, "step", "transfer"),
                bytes,
                JsonFields.number(document, "total"),
                rate == null ? 0 : rate,
                attempt == null ? 1 : attempt.intValue(),
                JsonFields.number(document, "seconds_since_last_byte"),
                JsonFields.text(document, "message")),
        JsonFields.text(document, "message"));
  }
}
