package dev.vitrine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.fake.FakeImageApi;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images, members and tasks by the API's wire. */
class RemoteImagesTest {

  private final FakeImageApi server = FakeImageApi.start();
  private final ImageApi api = new ImageApi(RemoteSettings.of(URI.create(server.url() + "/v2/")));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void createsAnImageAndKeepsAllThatTheServerSaysOfIt() {
    RemoteImage image =
        api.images().create(Map.of("name", "jammy", "os_distro", "ubuntu", "min_disk", 5));

    assertThat(image.name()).isEqualTo("jammy");
    assertThat(image.status()).isEqualTo("queued");
    assertThat(image.size()).isNull();
    assertThat(image.minDisk()).isEqualTo(5);
    assertThat(image.properties()).containsExactly(Map.entry("os_distro", "ubuntu"));
    assertThat(image.createdAt()).isEqualTo("2026-07-01T12:00:00Z");
    assertThat(image.document()).containsEntry("os_distro", "ubuntu");
    assertThat(api.images().show(image.id())).isEqualTo(image);
  }

  @Test
  void listsEveryPageAndAsksForNoMoreThanIsRead() {
    for (int image = 0; image < 7; image++) {
      server.images().addQueued("image " + image);
    }

    assertThat(api.images().list(RemoteImageFilter.NONE, 3).map(RemoteImage::name))
        .containsExactly(
            "image 0", "image 1", "image 2", "image 3", "image 4", "image 5", "image 6");
    assertThat(server.requests()).hasSize(3);
    assertThat(api.images().list(RemoteImageFilter.NONE, 3).limit(3)).hasSize(3);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void sendsFiltersEncoded() {
    UUID id = server.images().addQueued("a&b=c d+é");

    RemoteImageFilter filter =
        RemoteImageFilter.NONE.with("name", "a&b=c d+é").with("tag", "x").with("tag", "y");
    assertThat(api.images().list(filter, 25).map(RemoteImage::id)).containsExactly(id);

    assertThat(server.requests().get(0))
        .isEqualTo("GET /v2/images?name=a%26b%3Dc%20d%2B%C3%A9&tag=x&tag=y&limit=25");
  }

  @Test
  void changesAllThatIsAskedForOrNothing() {
    UUID id = server.images().addQueued("old");

    RemoteImage changed =
        api.images()
            .change(
                id, new ImageChanges().replace("name", "new").add("a/b~c", "x").add("plain", "y"));
    assertThat(changed.name()).isEqualTo("new");
    assertThat(changed.properties()).containsEntry("a/b~c", "x").containsEntry("plain", "y");

    assertThatThrownBy(
            () ->
                api.images()
                    .change(id, new ImageChanges().replace("name", "newer").remove("absent")))
        .isInstanceOf(Conflict.class)
        .hasMessage(
            "change of image %s: Property absent does not exist. (HTTP 409, req-1)".formatted(id));
    assertThat(api.images().show(id).name()).isEqualTo("new");
  }

  @Test
  void deletesDeactivatesAndReactivates() {
    UUID id = server.images().addActive("x", new byte[1]);

    api.images().deactivate(id);
    assertThat(api.images().show(id).status()).isEqualTo("deactivated");
    api.images().reactivate(id);
    assertThat(api.images().show(id).status()).isEqualTo("active");
    api.images().delete(id);

    assertThatThrownBy(() -> api.images().delete(id)).isInstanceOf(NotFound.class);
  }

  @Test
  void addsALocation() {
    UUID id = server.images().addQueued("x");

    api.images().addLocation(id, "http://elsewhere/x");

    assertThat(api.images().show(id).status()).isEqualTo("active");
  }

  @Test
  void addsAndRemovesTagsOfAnySpelling() {
    UUID id = server.images().addQueued("x");

    api.images().addTag(id, "a tag");
    api.images().addTag(id, "b");
    api.images().removeTag(id, "b");

    assertThat(api.images().show(id).tags()).containsExactly("a tag");
    assertThat(server.requests().get(0)).endsWith("/tags/a%20tag");
  }

  @Test
  void sharesAnImage() {
    UUID id = server.images().addQueued("x");

    assertThat(api.members().add(id, "red").status()).isEqualTo("pending");
    assertThat(api.members().set(id, "red", "accepted").status()).isEqualTo("accepted");
    assertThat(api.members().list(id).stream().map(RemoteMember::id)).containsExactly("red");
    api.members().remove(id, "red");

    assertThat(api.members().list(id)).isEmpty();
    assertThatThrownBy(() -> api.members().remove(id, "red"))
        .isInstanceOf(NotFound.class)
        .hasMessageStartingWith("member red of image " + id);
  }

  @Test
  void tellsAnImagesHistoryAndProgress() {
    UUID id = server.images().addActive("x", new byte[1]);

    List<StatusChange> history = api.images().history(id);
    assertThat(history.stream().map(StatusChange::to)).containsExactly("saving", "active");
    assertThat(history.get(0).from()).isEqualTo("queued");
    assertThat(history.get(0).cause()).isEqualTo("asked by anna");
    RemoteProgress progress = api.images().progress(id);
    assertThat(progress.status()).isEqualTo("active");
    assertThat(progress.progress()).isNotNull();
    assertThat(progress.progress().percent()).isEqualTo(50);
  }

  @Test
  void anotherServerDoesNotHaveTheHistoryOfAnImageThatItHas() {
    server.vitrine = false;
    UUID id = server.images().addActive("x", new byte[1]);

    assertThatThrownBy(() -> api.images().history(id))
        .isInstanceOf(NotFound.class)
        .hasMessageStartingWith("this server does not have the history of images");
    assertThatThrownBy(() -> api.images().progress(UUID.randomUUID()))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("No image found");
  }

  @Test
  void runsListsAndCancelsTasks() {
    RemoteTask done = api.tasks().create("import", Map.of("import_from", "http://x/ok"));
    RemoteTask held = api.tasks().create("import", Map.of("import_from", "http://x/hold"));

    assertThat(done.status()).isEqualTo("success");
    assertThat(done.imageId()).isEqualTo(UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"));
    assertThat(held.isFinal()).isFalse();
    assertThat(api.tasks().progress(held.id()).progress()).isNotNull();
    assertThat(api.tasks().list(10).map(RemoteTask::id)).containsExactly(done.id(), held.id());
    api.tasks().cancel(held.id());

    assertThat(api.tasks().show(held.id()).status()).isEqualTo("failure");
    assertThat(api.tasks().show(held.id()).message()).isEqualTo("cancelled by anna");
  }

  @Test
  void whatIsNoImageApiIsNamed() {
    server.images().addQueued("x");
    server.images().all().get(0).field("status", null);

    assertThatThrownBy(() -> api.images().list(RemoteImageFilter.NONE, 5).toList())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("no 'status'");
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    URI nowhere = URI.create(server.url());
    server.close();

    assertThatThrownBy(
            () -> new ImageApi(RemoteSettings.of(nowhere)).images().show(UUID.randomUUID()))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("no answer from " + nowhere);
  }
}
