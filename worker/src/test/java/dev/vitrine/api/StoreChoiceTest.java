package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.Location;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the stores a, b and c, of which uploads go to a unless they say another. */
@Timeout(120)
class StoreChoiceTest extends ImportFixture {

  private static final String STORE = "X-Image-Meta-Store";

  @Override
  ApiInstallation called() {
    return manyStores();
  }

  @Test
  void aSmallUploadGoesWhereItSays() throws Exception {
    UUID id = alice.queued();

    alice.upload(id, data(10), STORE, "b").is(204);

    assertThatItHas(id, data(10), "b");
  }

  /** Of a length that nobody knows, so that it is not collected first. */
  @Test
  void aStreamGoesWhereItSays() throws Exception {
    UUID id = alice.queued();

    alice
        .upload(
            id,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(data(5000))),
            STORE,
            "c")
        .is(204);

    assertThatItHas(id, data(5000), "c");
  }

  @Test
  void anUploadThatSaysNothingGoesToTheDefaultOne() throws Exception {
    UUID id = alice.queued();

    alice.upload(id, data(10)).is(204);

    assertThatItHas(id, data(10), "a");
  }

  @Test
  void aStageGoesWhereItSaysAndItsImportLeavesItThere() throws Exception {
    UUID id = alice.queued();
    stage(id, data(2000), STORE, "b").is(204);
    assertThat(called().registry().locations().of(id))
        .extracting(Location::store)
        .containsExactly("b");

    succeeded(importInto(alice, id, DIRECT.formatted("")));

    assertThatItHas(id, data(2000), "b");
  }

  @Test
  void refusesAStoreThatThereIsNotAndChangesNothing() {
    UUID id = alice.queued();

    assertThat(alice.upload(id, data(10), STORE, "moon").error(400))
        .contains("there is no such store; there are a, b, c");
    assertThat(stage(id, data(10), STORE, "moon").error(400)).contains("there are a, b, c");

    assertThat(alice.status(id)).isEqualTo("queued");
    assertThat(called().registry().locations().of(id)).isEmpty();
    alice.upload(id, data(10), STORE, "c").is(204);
  }
}
