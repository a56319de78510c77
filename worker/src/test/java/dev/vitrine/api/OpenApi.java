package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vitrine.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The API's description, and whether answers are as it says. */
final class OpenApi {

  private static final String LOCATION = "https://vitrine.invalid/openapi.json";
  private static final byte[] TEXT = read();
  static final JsonNode DOCUMENT = Json.read(TEXT);
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry -> registry.schemas(Map.of(LOCATION, new String(TEXT, StandardCharsets.UTF_8))));

  private OpenApi() {}

  private static byte[] read() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a document by one of the description's schemas; nothing, if all is well. */
  static List<String> errors(String pointer, byte[] document) {
    Schema schema = SCHEMAS.getSchema(SchemaLocation.of(LOCATION + "#" + pointer));
    return schema
        .validate(
            new String(document, StandardCharsets.UTF_8),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** Requires that an answer is one that the description has for the request. */
  static void check(String method, String target, HttpResponse<byte[]> response) {
    String path = target.split("\\?", 2)[0];
    String template = template(path);
    String status = Integer.toString(response.statusCode());
    assertThat(response.headers().firstValue("x-openstack-request-id"))
        .as("%s %s: the request's id", method, target)
        .hasValueSatisfying(id -> assertThat(id).startsWith("req-"));
    if (template == null || response.statusCode() == 405) {
      assertThat(errors("/components/schemas/Error", response.body())).isEmpty();
      return;
    }
    List<String> way =
        new ArrayList<>(
            List.of("paths", template, method.toLowerCase(Locale.ROOT), "responses", status));
    JsonNode described = at(way);
    assertThat(described.isMissingNode())
        .as("%s %s: status %s is described", method, template, status)
        .isFalse();
    if (described.has("$ref")) {
      way = List.of(described.path("$ref").textValue().substring(2).split("/"));
      described = at(way);
    }
    JsonNode content = described.path("content");
    if (content.isMissingNode()) {
      assertThat(response.body()).as("%s %s %s: no body", method, template, status).isEmpty();
      return;
    }
    String mediaType = response.headers().firstValue("Content-Type").orElse("none");
    assertThat(content.has(mediaType))
        .as("%s %s %s: %s is described", method, template, status, mediaType)
        .isTrue();
    if (mediaType.equals("application/json")) {
      List<String> schema = new ArrayList<>(way);
      schema.addAll(List.of("content", mediaType, "schema"));
      assertThat(errors(pointer(schema), response.body()))
          .as(
              "%s %s %s: %s",
              method, target, status, new String(response.body(), StandardCharsets.UTF_8))
          .isEmpty();
    }
  }

  private static JsonNode at(List<String> way) {
    JsonNode node = DOCUMENT;
    for (String step : way) {
      node = node.path(step);
    }
    return node;
  }

  private static String pointer(List<String> way) {
    StringBuilder pointer = new StringBuilder();
    for (String step : way) {
      pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  /** The path in the description that a request is for; literal segments go first. */
  private static String template(String path) {
    List<String> found = new ArrayList<>();
    DOCUMENT
        .path("paths")
        .fieldNames()
        .forEachRemaining(
            template -> {
              String form = Pattern.quote(template).replaceAll("\\{\\w+}", "\\\\E[^/]+\\\\Q");
              if (path.matches(form)) {
                found.add(template);
              }
            });
    return found.stream()
        .min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")))
        .orElse(null);
  }
}
