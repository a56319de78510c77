package dev.vitrine.remote;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of an image's or a task's status.
 *
 * @param document all that the server said, in its order: also {@code operation_id}, {@code
 *     workflow_id} and {@code run_id}
 */
public record StatusChange(Map<String, @Nullable Object> document) {

  /**
   * @throws dev.vitrine.error.VitrineException.Unavailable if it does not say to which status
   */
  public StatusChange {
    document = JsonMaps.copy(document);
    JsonFields.required(document, "to");
  }

  /** Null for the creation. */
  public @Nullable String from() {
    return JsonFields.text(document, "from");
  }

  public String to() {
    return JsonFields.required(document, "to");
  }

  /** The event as people read it. */
  public String event() {
    return JsonFields.text(document, "event", "");
  }

  /** When, in ISO 8601 as the server wrote it. */
  public String at() {
    return JsonFields.text(document, "at", "");
  }

  /** On whose behalf; null where it is not known. */
  public @Nullable String user() {
    return JsonFields.text(document, "user");
  }

  /** Their project; null where it is not known. */
  public @Nullable String project() {
    return JsonFields.text(document, "project");
  }

  /** Of what, in a list of everything: {@code image ID} or {@code task ID}. */
  public String subject() {
    String image = JsonFields.text(document, "image_id");
    return image == null ? "task " + JsonFields.text(document, "task_id", "") : "image " + image;
  }

  /** Why, in words. */
  public String cause() {
    return JsonFields.text(document, "cause", "");
  }
}
