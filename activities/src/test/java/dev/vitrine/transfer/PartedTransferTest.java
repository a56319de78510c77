package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.store.PartedStore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers to a store that makes whole parts durable and gives nothing back before the end. */
final class PartedTransferTest extends TransferFixture {

  private static final int PART = 900;

  private final PartedStore parted = new PartedStore("main", PART);

  @BeforeEach
  void storeInParts() {
    activities = over(parted);
  }

  @Test
  void reportsWholePartsAndHowToGoOnWithThem() {
    server.breaksAfter = 3456;

    failure(Unavailable.class, this::transfer);

    assertThat(activity.last().bytes()).isEqualTo(3 * PART);
    assertThat(parted.unfinished(location.key(), activity.last().token())).isEqualTo(3 * PART);
  }

  @Test
  void handsTheTokenOnWhileNothingNewIsBegun() {
    server.breaksAfter = 3456;
    failure(Unavailable.class, this::transfer);
    String token = activity.last().token();

    server.statuses.addAll(List.of(503, 503, 503));
    failure(Unavailable.class, this::transfer);

    assertThat(activity.last().token()).isEqualTo(token);
    assertThat(activity.last().bytes()).isEqualTo(3 * PART);
  }

  @Test
  void beginsAnewWhatItCannotReadBack() {
    server.breaksAfter = 3456;
    failure(Unavailable.class, this::transfer);
    String token = activity.last().token();

    server.breaksAfter = -1;
    assertThat(transfer(new Source.Url(server.url()), ExpectedData.NONE)).isEqualTo(digests(data));

    assertThat(parted.size(location.key())).hasValue(data.length);
    assertThat(parted.unfinished(location.key(), token)).isZero();
    assertThat(registry.measured).containsEntry(location.id(), digests(data));
  }
}
