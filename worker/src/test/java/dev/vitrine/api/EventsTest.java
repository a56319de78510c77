package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What changes, as it happens. */
class EventsTest extends ApiTest {

  private static long last() {
    return installation().registry().events().last();
  }

  private static List<String> changes(JsonNode page, UUID image) {
    List<String> changes = new ArrayList<>();
    for (JsonNode event : page.path("events")) {
      if (event.path("data").path("image_id").asText().equals(image.toString())) {
        changes.add(event.path("data").path("to").textValue());
      }
    }
    return changes;
  }

  @Test
  void showsWhatFollowsAnEvent() {
    long before = last();
    UUID id = alice.active(new byte[10]);

    JsonNode page = alice.get("/v2/events?limit=1000&after=" + before).is(200).json();

    assertThat(changes(page, id)).containsExactly("queued", "saving", "active");
    assertThat(page.path("last").longValue()).isGreaterThanOrEqualTo(before + 3);
    JsonNode others = bob.get("/v2/events?limit=1000&after=" + before).is(200).json();
    assertThat(changes(others, id)).isEmpty();
    // What is another's is passed over, and not looked at again.
    assertThat(others.path("last").longValue()).isGreaterThanOrEqualTo(before + 3);
    assertThat(alice.get("/v2/events?after=x").error(400)).contains("event 'x'");
  }

  /** The ids and changes of an image in a stream, until there are so many. */
  private static List<String> follow(Api who, long after, UUID image, int count)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(who.url() + "/v2/events"))
                    .header("X-Identity-Status", "Confirmed")
                    .header("X-User-Id", who.user())
                    .header("X-Project-Id", who.project())
                    .header("X-Roles", who.roles())
                    .header("Accept", "text/event-stream")
                    .header("Last-Event-ID", Long.toString(after))
                    .build(),
                BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    List<String> seen = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = "";
      while (seen.size() < count) {
        String line = lines.readLine();
        assertThat(line).as("the stream goes on").isNotNull();
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ") && line.contains(image.toString())) {
          seen.add(id + " " + line.replaceFirst(".*\"to\":\"(\\w+)\".*", "$1"));
        }
      }
    }
    return seen;
  }

  @Test
  void streamsWhatHappensAndGoesOnWhereItsClientStopped() throws Exception {
    long before = last();
    UUID id = alice.active(new byte[10]);

    List<String> all = follow(alice, before, id, 3);
    long first = Long.parseLong(all.get(0).split(" ")[0]);

    assertThat(all)
        .extracting(seen -> seen.split(" ")[1])
        .containsExactly("queued", "saving", "active");
    assertThat(follow(root, first, id, 2)).isEqualTo(all.subList(1, 3));
  }
}
