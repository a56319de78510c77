package dev.vitrine.remote;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The webhooks of one of Vitrine's own servers, for admins. Thread-safe. */
public final class RemoteWebhooks {

  private static final String PATH = "/v2/webhooks";

  private final ApiRequests requests;

  RemoteWebhooks(ApiRequests requests) {
    this.requests = requests;
  }

  /** How far each was told, by the API's names. */
  public List<Map<String, @Nullable Object>> list() {
    return JsonMaps.objects(requests.json(ApiCall.get("list of webhooks", PATH)), "webhooks");
  }

  /**
   * What one did not take, oldest first; pages are fetched as they are needed, so errors come from
   * the stream.
   */
  public Stream<Map<String, @Nullable Object>> deadLetters(String name, int pageSize) {
    return new PageIterator<Map<String, @Nullable Object>>(
            requests, letters(name), "limit=" + pageSize, "dead_letters", letter -> letter)
        .stream();
  }

  /**
   * Has what one did not take sent again.
   *
   * @param event which; null for all of it
   * @return how many events
   */
  public int resend(String name, @Nullable Long event) {
    String which = event == null ? "" : "/" + event;
    Map<String, @Nullable Object> answer =
        requests.json(
            ApiCall.plain("resend of webhook " + name, "POST", letters(name) + which + "/resend"));
    return answer.get("sending") instanceof Number number ? number.intValue() : 0;
  }

  private static String letters(String name) {
    return PATH + "/" + ApiCall.encoded(name) + "/dead-letters";
  }
}
