package dev.vitrine.remote;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project with which an image is shared, as a server described it.
 *
 * @param document all that the server said, in its order
 */
public record RemoteMember(Map<String, @Nullable Object> document) {

  /**
   * @throws dev.vitrine.error.VitrineException.Unavailable if it names no member and status
   */
  public RemoteMember {
    document = JsonMaps.copy(document);
    JsonFields.required(document, "member_id");
    JsonFields.required(document, "status");
  }

  /** The project's id. */
  public String id() {
    return JsonFields.required(document, "member_id");
  }

  /** {@code pending}, {@code accepted} or {@code rejected}. */
  public String status() {
    return JsonFields.required(document, "status");
  }
}
