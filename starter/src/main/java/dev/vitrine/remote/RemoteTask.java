package dev.vitrine.remote;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as a server described it.
 *
 * @param document all that the server said, in its order; a list has tasks without their input,
 *     result and message
 */
public record RemoteTask(Map<String, @Nullable Object> document) {

  /**
   * @throws dev.vitrine.error.VitrineException.Unavailable if it has no id and status, and so is no
   *     task
   */
  public RemoteTask {
    document = JsonMaps.copy(document);
    JsonFields.id(document);
    JsonFields.required(document, "status");
  }

  public UUID id() {
    return JsonFields.id(document);
  }

  public @Nullable String type() {
    return JsonFields.text(document, "type");
  }

  /** {@code pending}, {@code processing}, {@code success} or {@code failure}. */
  public String status() {
    return JsonFields.required(document, "status");
  }

  /** Whether it has ended. */
  public boolean isFinal() {
    return status().equals("success") || status().equals("failure");
  }

  public @Nullable String owner() {
    return JsonFields.text(document, "owner");
  }

  /** What came out; empty until {@code success}. */
  public Map<String, @Nullable Object> result() {
    Object result = document.get("result");
    return result == null ? Map.of() : JsonFields.object(result);
  }

  /** What the error was; before that, a server may say how far it is. */
  public @Nullable String message() {
    return JsonFields.text(document, "message");
  }

  /** The image it is about; null until known. */
  public @Nullable UUID imageId() {
    Object id = document.get("image_id");
    if (id == null) {
      id = result().get("image_id");
    }
    try {
      return id instanceof String text ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  public @Nullable Instant createdAt() {
    return JsonFields.time(document, "created_at");
  }

  /** When a finished task is removed; null until then. */
  public @Nullable Instant expiresAt() {
    return JsonFields.time(document, "expires_at");
  }
}
