package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.ExpectedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Transfers within a project's quota, and beyond it. */
final class QuotaTest extends TransferFixture {

  private Source held(@Nullable Long size) {
    return new Source.HeldStream("queue", streams.hold(new ByteArrayInputStream(data), size));
  }

  @Test
  void takesRoomForAllIfTheSourceSaysItsSize() throws IOException {
    registry.quota = data.length;

    transfer(held((long) data.length), ExpectedData.NONE);

    assertThat(registry.reservations).containsExactly((long) data.length);
    assertStored(data);
  }

  @Test
  void readsNothingIfTheWholeDoesNotFit() throws IOException {
    registry.quota = data.length - 1L;
    ExpectedData declared = new ExpectedData((long) data.length, null, null);

    failure(TooLarge.class, () -> transfer(held(null), declared));
    failure(TooLarge.class, () -> transfer(new Source.Url(server.url()), ExpectedData.NONE));

    assertThat(registry.reservations).isEmpty();
    assertNothingStored();
  }

  @Test
  void acceptsAStreamThatJustFits() throws IOException {
    registry.quota = data.length;

    transfer(held(null), ExpectedData.NONE);

    assertThat(registry.reservations).last().isEqualTo((long) data.length);
    assertStored(data);
  }

  @Test
  void discardsAStreamThatDoesNotFit() throws IOException {
    registry.quota = data.length - 1L;

    failure(TooLarge.class, () -> transfer(held(null), ExpectedData.NONE));

    assertThat(registry.reservations).isNotEmpty().allMatch(bytes -> bytes < data.length);
    assertNothingStored();
  }
}
