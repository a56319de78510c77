package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Every way for an import into three stores to fail, with and without that all of them must
 * succeed: what the image is in the end, that no byte is left of what is taken back, that the task
 * says why, and that another import works at once.
 */
class ImportFailuresTest extends ImportFixture {

  /** What becomes of the image. */
  private enum End {
    /** Queued, as if nothing had been. */
    AS_BEFORE,
    /** Active in the stores that could. */
    IN_SOME,
    /** Active in all stores. */
    IN_ALL,
    /** Deleted. */
    GONE
  }

  private static final byte[] DATA = data(100_000);
  private static final byte[] HALF = Arrays.copyOf(DATA, DATA.length / 2);

  /** A source, what is done while it is read, what comes of it, and what the task says. */
  @SuppressWarnings("ImmutableEnumChecker") // sources keep nothing between those who ask
  private enum Way {
    CUT(
        FickleSource.announcing(DATA.length, HALF),
        End.AS_BEFORE,
        End.AS_BEFORE,
        "broke off after 50000 bytes"),
    STALLS(FickleSource.stalling(HALF), End.AS_BEFORE, End.AS_BEFORE, "sent nothing for"),
    ENDLESS(FickleSource.endless(), End.AS_BEFORE, End.AS_BEFORE, "1048576 bytes"),
    TOO_LONG(
        FickleSource.announcing(1L << 40, HALF), End.AS_BEFORE, End.AS_BEFORE, "1048576 bytes"),
    SAYS_NOTHING((out, closed) -> {}, End.AS_BEFORE, End.AS_BEFORE, "gave up after 2 attempts"),
    DELETED(FickleSource.trickling(), End.GONE, End.GONE, "the image was deleted"),
    CANCELLED(FickleSource.trickling(), End.AS_BEFORE, End.AS_BEFORE, "cancelled by root"),
    PROTECTED(FickleSource.announcing(DATA.length, DATA), End.IN_ALL, End.IN_ALL, ""),
    DEACTIVATED(FickleSource.announcing(DATA.length, DATA), End.IN_ALL, End.IN_ALL, ""),
    ONE_STORE_DOWN(
        FickleSource.announcing(DATA.length, DATA), End.AS_BEFORE, End.IN_SOME, "store 'c'"),
    DEFAULT_STORE_DOWN(
        FickleSource.announcing(DATA.length, DATA), End.AS_BEFORE, End.IN_SOME, "store 'a'"),
    ALL_STORES_DOWN(
        FickleSource.announcing(DATA.length, DATA), End.AS_BEFORE, End.AS_BEFORE, "store");

    final FickleSource.Answer source;
    final End ifAllMust;
    final End otherwise;
    final String said;

    Way(FickleSource.Answer source, End ifAllMust, End otherwise, String said) {
      this.source = source;
      this.ifAllMust = ifAllMust;
      this.otherwise = otherwise;
      this.said = said;
    }

    /** The stores that are down meanwhile. */
    List<String> down() {
      return switch (this) {
        case ONE_STORE_DOWN -> List.of("c");
        case DEFAULT_STORE_DOWN -> List.of("a");
        case ALL_STORES_DOWN -> List.of("a", "b", "c");
        default -> List.of();
      };
    }
  }

  /** An import that goes on. */
  private record Import(Way way, boolean allMust, UUID image, FickleSource source, String task) {

    End end() {
      return allMust ? way.ifAllMust : way.otherwise;
    }
  }

  @Override
  ApiInstallation called() {
    Map<String, String> settings = new HashMap<>(ApiInstallation.MANY_STORES);
    settings.put("VITRINE_TRANSFER_SOURCE_READ_TIMEOUT", "1s");
    settings.put("VITRINE_TRANSFER_MAX_ATTEMPTS_WITHOUT_PROGRESS", "2");
    settings.put("VITRINE_API_CANCEL_TASKS", "true");
    settings.put("VITRINE_API_TASKS_FOR_MEMBERS", "true");
    return with(settings);
  }

  private Import begin(Way way, boolean allMust) throws InterruptedException {
    UUID id = alice.queued();
    FickleSource source = new FickleSource(way.source);
    Api.Reply reply =
        importInto(
            alice,
            id,
            """
            {"method": {"name": "web-download", "uri": "%s"}, "all_stores": true,
             "all_stores_must_succeed": %s}
            """
                .formatted(source.url(), allMust));
    Import begun = new Import(way, allMust, id, source, reply.is(202).header("x-vitrine-task-id"));
    disturb(begun);
    return begun;
  }

  private void disturb(Import begun) throws InterruptedException {
    UUID id = begun.image();
    switch (begun.way()) {
      case DELETED -> {
        begun.source().awaitAsked();
        alice.delete(Api.image(id)).is(204);
      }
      case CANCELLED -> {
        begun.source().awaitAsked();
        root.delete("/v2/tasks/" + begun.task());
      }
      case PROTECTED ->
          alice
              .patch(id, "[{\"op\": \"replace\", \"path\": \"/protected\", \"value\": true}]")
              .is(200);
      case DEACTIVATED -> {
        // Refused while it has no data, and an edge of its own once it has.
        int status = alice.post(Api.image(id) + "/actions/deactivate", "").status();
        assertThat(status).isIn(403, 204);
      }
      default -> {}
    }
  }

  private JsonNode ended(Import begun) throws InterruptedException {
    String task = "/v2/tasks/" + begun.task();
    ApiInstallation.await(
        "%s ends".formatted(begun),
        () -> !root.get(task).is(200).json().path("status").textValue().matches("p.*ing"));
    return root.get(task).json();
  }

  private void assertThatItEnded(Import begun) throws Exception {
    JsonNode task = ended(begun);
    String words = "%s, all must succeed: %s: %s".formatted(begun.way(), begun.allMust(), task);
    UUID id = begun.image();
    boolean failed = begun.end() == End.AS_BEFORE || begun.end() == End.GONE;
    assertThat(task.path("status").textValue()).as(words).isEqualTo(failed ? "failure" : "success");
    assertThat(failed ? task.path("message").textValue() : task.path("result").toString())
        .as(words)
        .contains(failed ? begun.way().said : "");
    switch (begun.end()) {
      case GONE -> {
        alice.get(Api.image(id)).error(404);
        ApiInstallation.await(words, () -> called().stored(id).isEmpty());
        ApiInstallation.await(words, () -> called().registry().locations().of(id).isEmpty());
      }
      case AS_BEFORE -> {
        JsonNode image = alice.show(id);
        assertThat(image.has("os_glance_importing_to_stores")).as(words).isFalse();
        if (!begun.way().down().isEmpty()) {
          assertThat(image.path("os_glance_failed_import").textValue())
              .as(words)
              .contains(begun.way().down());
        }
        assertThatItIsAsBefore(id);
      }
      case IN_SOME -> {
        assertThat(task.path("result").toString())
            .as(words)
            .contains(begun.way().said.substring(7, 8));
        JsonNode image = alice.show(id);
        assertThat(image.path("status").textValue()).as(words).isEqualTo("active");
        List<String> rest = new ArrayList<>(List.of("a", "b", "c"));
        rest.removeAll(begun.way().down());
        assertThat(image.path("stores").textValue()).as(words).isEqualTo(String.join(",", rest));
        assertThat(image.path("os_glance_failed_import").textValue())
            .as(words)
            .isEqualTo(String.join(",", begun.way().down()));
        assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(DATA);
      }
      case IN_ALL -> {
        JsonNode image = alice.show(id);
        assertThat(image.path("status").textValue()).as(words).isIn("active", "deactivated");
        assertThat(image.path("stores").textValue()).as(words).isEqualTo("a,b,c");
        assertThat(root.get(Api.image(id) + "/file").is(200).body()).isEqualTo(DATA);
      }
    }
  }

  private void assertThatAllEnd(List<Way> ways) throws Exception {
    List<Import> imports = new ArrayList<>();
    try {
      for (Way way : ways) {
        imports.add(begin(way, true));
        imports.add(begin(way, false));
      }
      for (Import each : imports) {
        JsonNode unused = ended(each);
      }
    } finally {
      for (Import each : imports) {
        each.source().close();
      }
    }
    repair();
    for (Import each : imports) {
      assertThatItEnded(each);
    }
  }

  /** Another file system is gone: a file stands where its directory was. */
  private void breakStores(List<String> names) throws IOException {
    for (String name : names) {
      Path store = called().store(name);
      Files.move(store, store.resolveSibling(name + "-away"));
      Files.createFile(store);
    }
  }

  private void repair() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      Path store = called().store(name);
      Path away = store.resolveSibling(name + "-away");
      if (Files.exists(away)) {
        Files.delete(store);
        Files.move(away, store);
      }
    }
  }

  @Test
  void ofTheSourceAndTheImage() throws Exception {
    assertThatAllEnd(Arrays.stream(Way.values()).filter(way -> way.down().isEmpty()).toList());
  }

  @Test
  void ofOneStore() throws Exception {
    breakStores(Way.ONE_STORE_DOWN.down());
    assertThatAllEnd(List.of(Way.ONE_STORE_DOWN));
  }

  @Test
  void ofTheDefaultStore() throws Exception {
    breakStores(Way.DEFAULT_STORE_DOWN.down());
    assertThatAllEnd(List.of(Way.DEFAULT_STORE_DOWN));
  }

  @Test
  void ofAllStores() throws Exception {
    breakStores(Way.ALL_STORES_DOWN.down());
    assertThatAllEnd(List.of(Way.ALL_STORES_DOWN));
  }
}
