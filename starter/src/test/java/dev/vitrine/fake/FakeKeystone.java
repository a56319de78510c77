package dev.vitrine.fake;

import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives tokens to who says {@code secret}. Thread-safe. */
public final class FakeKeystone {

  private final String api;
  private final List<Map<String, Object>> asked = new ArrayList<>();
  private final Set<String> valid = new HashSet<>();

  FakeKeystone(String api) {
    this.api = api;
  }

  /** Where it is. */
  public String url() {
    return api + "/identity";
  }

  /** What it was asked, oldest first: the {@code auth} objects. */
  public synchronized List<Map<String, Object>> asked() {
    return List.copyOf(asked);
  }

  /** Makes every token given so far invalid. */
  public synchronized void revokeAll() {
    valid.clear();
  }

  synchronized boolean accepts(String token) {
    return token != null && valid.contains(token);
  }

  synchronized FakeAnswer authenticate(byte[] body, HttpExchange exchange) {
    Map<String, Object> auth = cast(FakeImageApi.object(body).get("auth"));
    asked.add(auth);
    if (!auth.toString().contains("secret")) {
      return new FakeAnswer(
          401,
          Map.of(
              "error",
              Map.of(
                  "code", 401, "message", "The request you have made requires authentication.")));
    }
    String token = "token-" + asked.size();
    valid.add(token);
    exchange.getResponseHeaders().add("X-Subject-Token", token);
    return new FakeAnswer(
        201,
        Map.of(
            "token",
            Map.of(
                "catalog",
                List.of(
                    Map.of("type", "identity", "endpoints", List.of()),
                    Map.of(
                        "type",
                        "image",
                        "endpoints",
                        List.of(
                            endpoint("public", "east", "http://127.0.0.1:1"),
                            endpoint("internal", "west", "http://127.0.0.1:2"),
                            endpoint("public", "west", api + "/v2/")))))));
  }

  private static Map<String, String> endpoint(String side, String region, String url) {
    return Map.of("interface", side, "region_id", region, "url", url);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object object) {
    return (Map<String, Object>) object;
  }
}
