package dev.vitrine.api;

import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import dev.vitrine.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The versions of the API, which clients ask for before anything else, and whether the process
 * takes requests. Source: the reference's {@code api/versions.py}; 2.14 and 2.16 are the image
 * cache's.
 */
final class Discovery {

  /** From the newest; the first is the current one. */
  static final List<String> VERSIONS =
      List.of(
          "2.17", "2.15", "2.13", "2.12", "2.11", "2.10", "2.9", "2.8", "2.7", "2.6", "2.5", "2.4",
          "2.3", "2.2", "2.1", "2.0");

  private static final int MULTIPLE_CHOICES = 300;

  private static final int UNAVAILABLE = 503;

  private final BooleanSupplier ready;

  Discovery(BooleanSupplier ready) {
    this.ready = ready;
  }

  List<Route> routes() {
    return Stream.of(
            Route.readable("/", call -> versions(call, MULTIPLE_CHOICES)),
            Route.readable("/versions", call -> versions(call, 200)),
            Route.readable("/v2", call -> versions(call, MULTIPLE_CHOICES)),
            // As the links of the versions have it.
            Route.readable("/v2/", call -> versions(call, MULTIPLE_CHOICES)),
            Route.readable("/healthcheck", call -> health()))
        .flatMap(List::stream)
        .toList();
  }

  private static Answer versions(Call call, int status) {
    List<Map<String, String>> self = List.of(Map.of("rel", "self", "href", call.origin() + "/v2/"));
    List<Map<String, Object>> versions =
        VERSIONS.stream()
            .map(
                version ->
                    Map.<String, Object>of(
                        "id",
                        "v" + version,
                        "status",
                        version.equals(VERSIONS.get(0)) ? "CURRENT" : "SUPPORTED",
                        "links",
                        self))
            .toList();
    return Answer.json(status, Json.write(Map.of("versions", versions)));
  }

  private Answer health() {
    boolean taking = ready.getAsBoolean();
    return new Answer(
        taking ? 200 : UNAVAILABLE,
        Map.of("Content-Type", "text/plain"),
        (taking ? "OK" : "STOPPING").getBytes(StandardCharsets.US_ASCII));
  }
}
