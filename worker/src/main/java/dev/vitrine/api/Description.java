package dev.vitrine.api;

import dev.vitrine.http.Answer;
import dev.vitrine.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The API's description by OpenAPI 3.1, for people's tools; a test keeps it true. */
final class Description {

  private static final String RESOURCE = "openapi.json";

  private final byte[] document = read();

  List<Route> routes() {
    return Route.readable("/openapi.json", call -> Answer.json(200, document));
  }

  private static byte[] read() {
    try (InputStream in =
        Objects.requireNonNull(Description.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
