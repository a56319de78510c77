package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.NotFound;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who did what to which image and task, as Vitrine's own servers tell it. Thread-safe. */
public final class RemoteAudit {

  private static final String PATH = "/v2/audit";

  private final ApiRequests requests;

  RemoteAudit(ApiRequests requests) {
    this.requests = requests;
  }

  /**
   * The changes of statuses, the newest first; pages are fetched as they are needed, so errors come
   * from the stream.
   *
   * @param filter by the API's names: {@code image_id}, {@code task_id}, {@code user}, {@code
   *     project}, {@code event}, {@code since}, {@code until}, {@code marker}
   * @throws NotFound if this server does not have it
   */
  public Stream<StatusChange> list(Map<String, String> filter, int pageSize) {
    List<String> parameters =
        filter.entrySet().stream()
            .map(one -> ApiCall.encoded(one.getKey()) + "=" + ApiCall.encoded(one.getValue()))
            .toList();
    String query = String.join("&", parameters);
    String limit = "limit=" + pageSize;
    try {
      PageIterator<StatusChange> pages =
          new PageIterator<>(
              requests,
              PATH,
              query.isEmpty() ? limit : query + "&" + limit,
              "audit",
              RemoteAudit::read);
      boolean unused = pages.hasNext();
      return pages.stream();
    } catch (NotFound e) {
      throw new NotFound(
          "this server has no audit: it is Vitrine's own, and the server at %s is none, or an older one"
              .formatted(requests.endpoint()));
    }
  }

  private static StatusChange read(Map<String, @Nullable Object> document) {
    return new StatusChange(document);
  }
}
