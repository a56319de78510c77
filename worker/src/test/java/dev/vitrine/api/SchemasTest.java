package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vitrine.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the published schemas say is what is enforced, in both directions: what they allow is taken,
 * what they forbid is refused, and what is answered is valid, or clients that validate (warlock, in
 * glanceclient) could not touch it. The values to try are made of the schemas.
 */
class SchemasTest extends ApiTest {

  private static final String BIRD = "🐧";
  private static final String SOME_ID = "5A0b2c1e-0000-4000-8000-000000000000";

  @Override
  ApiInstallation called() {
    return generous();
  }

  private static Schema schema(JsonNode document) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(document.toString(), InputFormat.JSON);
  }

  private static boolean isValid(JsonNode schema, Object document) {
    return errors(schema, Json.write(document)).isEmpty();
  }

  private static List<String> errors(JsonNode schema, byte[] document) {
    return schema(schema)
        .validate(new String(document, StandardCharsets.UTF_8), InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private JsonNode published(String noun) {
    return alice.get("/v2/schemas/" + noun).is(200).json();
  }

  /** Values at, just inside and just outside of every bound that a rule has, and of other types. */
  private static List<Object> candidates(JsonNode rule) {
    List<Object> values = new ArrayList<>(List.of("", " ", "x", BIRD, SOME_ID, SOME_ID + "0"));
    values.addAll(List.of(0, 1, -1, 1.5, 5.0, 1L << 40, true, List.of(), Map.of()));
    values.add(null);
    for (JsonNode word : rule.path("enum")) {
      values.add(word.textValue());
      values.add(word.asText().toUpperCase(java.util.Locale.ROOT));
    }
    for (String bound : List.of("minimum", "maximum")) {
      if (rule.has(bound)) {
        long at = rule.path(bound).longValue();
        values.addAll(List.of(at - 1, at, at + 1));
      }
    }
    for (JsonNode lengths : List.of(rule, rule.path("items"))) {
      if (lengths.has("maxLength") && lengths.path("maxLength").intValue() < 10_000) {
        int at = lengths.path("maxLength").intValue();
        for (String text : List.of("x".repeat(at), BIRD.repeat(at), "x".repeat(at) + "x")) {
          values.add(text);
          values.add(List.of(text));
        }
      }
    }
    values.addAll(
        List.of(
            List.of("a", "a"),
            List.of("a,b", " x"),
            List.of(".."),
            List.of("a%2f"),
            List.of("5%"),
            List.of("a/b"),
            List.of(""),
            List.of(1)));
    return values;
  }

  static Stream<Arguments> fields() {
    return ImageSchema.document().path("properties").properties().stream()
        .map(field -> Arguments.of(field.getKey(), field.getValue()));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void takesAtTheCreationWhatItsSchemaAllows(String name, JsonNode rule) {
    JsonNode schema = published("image");
    for (Object value : candidates(rule)) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put(name, name.equals("id") && SOME_ID.equals(value) ? UUID.randomUUID() : value);
      Api.Reply reply = root.post("/v2/images", text(body));
      boolean allowed =
          !rule.path("readOnly").booleanValue()
              && !name.equals("locations")
              && isValid(schema, body);
      requireAnswer(reply, allowed, 201, body);
      if (allowed) {
        assertThat(errors(schema, reply.body())).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void takesInAPatchWhatItsSchemaAllows(String name, JsonNode rule) {
    JsonNode schema = published("image");
    UUID image = root.queued();
    for (Object value : candidates(rule)) {
      Map<String, Object> field = new LinkedHashMap<>();
      field.put(name, value);
      Map<String, Object> operation = new LinkedHashMap<>(Map.of("op", "add", "path", "/" + name));
      operation.put("value", value);
      Api.Reply reply = root.patch(image, text(List.of(operation)));
      boolean allowed =
          !rule.path("readOnly").booleanValue()
              && !List.of("id", "locations").contains(name)
              && isValid(schema, field);
      requireAnswer(reply, allowed, 200, operation);
      if (allowed) {
        assertThat(errors(schema, reply.body())).isEmpty();
      }
    }
  }

  private static void requireAnswer(Api.Reply reply, boolean allowed, int status, Object asked) {
    if (allowed) {
      assertThat(reply.status()).as("%s", asked).isEqualTo(status);
    } else {
      assertThat(reply.status()).as("%s", asked).isBetween(400, 409);
    }
  }

  private static String text(Object document) {
    return new String(Json.write(document), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team",
        " ",
        "a/b~c",
        "Size",
        "os_glanc",
        "os_glance",
        "os_glance_x",
        "location",
        "locations_",
        "deleted",
        "deleted_at",
        "xlocation",
        ""
      })
  void takesThePropertyNamesThatItsSchemaAllows(String name) {
    JsonNode schema = published("image");
    for (String tried : List.of(name, name + "x".repeat(255 - name.length()), name + BIRD)) {
      for (Object value : new Object[] {"", BIRD.repeat(300), 1, null, true, List.of()}) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(tried, value);
        Api.Reply reply = root.post("/v2/images", text(body));
        requireAnswer(reply, isValid(schema, body), 201, body);
      }
    }
  }

  @Test
  void takesNamesOfPropertiesUpToTheirLength() {
    JsonNode schema = published("image");
    for (String name : List.of("p".repeat(256), BIRD.repeat(255), BIRD.repeat(256))) {
      Map<String, Object> body = Map.of(name, "x");
      requireAnswer(root.post("/v2/images", text(body)), isValid(schema, body), 201, body);
    }
  }

  @Test
  void takesTheMembersThatTheSchemaAllows() {
    JsonNode schema = published("member");
    UUID image = alice.queued();
    for (Object value : candidates(schema.at("/properties/member_id"))) {
      if (!".".equals(value)) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("member_id", value);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("member", value);
        Api.Reply reply = alice.post(Api.image(image) + "/members", text(body));
        requireAnswer(reply, isValid(schema, member), 200, body);
        if (reply.status() == 200) {
          assertThat(errors(schema, reply.body())).isEmpty();
        }
      }
    }
    assertThat(errors(published("members"), alice.get(Api.image(image) + "/members").body()))
        .isEmpty();
  }

  @Test
  void takesTheStatusesOfMembersThatTheSchemaAllows() {
    JsonNode schema = published("member");
    UUID image = alice.queued();
    alice.post(Api.image(image) + "/members", "{\"member\": \"%s\"}".formatted(bob.project()));
    for (Object value : candidates(schema.at("/properties/status"))) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("status", value);
      Api.Reply reply = bob.put(Api.image(image) + "/members/" + bob.project(), text(body));
      requireAnswer(reply, isValid(schema, body), 200, body);
    }
  }

  @Test
  void takesTheTypesOfTasksThatTheSchemaAllows() {
    JsonNode schema = published("task");
    Map<String, Object> inputs =
        Map.of(
            "import",
            Map.of("import_from", "http://127.0.0.1:9/x", "import_from_format", "raw"),
            "export",
            Map.of("image_id", UUID.randomUUID(), "destination", "file:///x"),
            "clone",
            Map.of("image_id", UUID.randomUUID()));
    for (Object value : candidates(schema.at("/properties/type"))) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("type", value);
      body.put("input", inputs.getOrDefault(String.valueOf(value), Map.of()));
      Api.Reply reply = alice.post("/v2/tasks", text(body));
      if ("api_image_import".equals(value)) {
        // Of the reference's types, too, this is made by another call.
        assertThat(reply.error(400)).contains("/import");
        continue;
      }
      if ("location_import".equals(value)) {
        assertThat(reply.error(400)).contains("/locations");
        continue;
      }
      requireAnswer(reply, isValid(schema, body), 201, body);
      if (reply.status() == 201) {
        assertThat(errors(schema, reply.body())).isEmpty();
      }
    }
    assertThat(errors(published("tasks"), alice.get("/v2/tasks").is(200).body())).isEmpty();
  }

  @Test
  void answersWithListsThatAreValid() {
    alice.create("\"kernel_id\": \"%s\", \"a\": \"b\", \"tags\": [\"t\"]".formatted(SOME_ID));
    alice.active(new byte[] {1});
    assertThat(errors(published("images"), alice.get("/v2/images").is(200).body())).isEmpty();
  }

  @Test
  void noticesWhatIsNotValid() {
    JsonNode schema = published("image");
    assertThat(isValid(schema, Map.of("kernel_id", ""))).isFalse();
    assertThat(isValid(schema, Map.of("team", 1))).isFalse();
    assertThat(isValid(schema, Map.of("name", BIRD.repeat(256)))).isFalse();
    assertThat(isValid(schema, Map.of("name", BIRD.repeat(255), "team", "blue"))).isTrue();
  }
}
