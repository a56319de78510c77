package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.GaveUp;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data that is read where it lies, and stays there. */
class MeasuredLocationTest extends TransferFixture {

  private Location at;

  @BeforeEach
  void give() {
    at = registry.location(Location.EXTERNAL, LocationStatus.PENDING);
    registry.image(at.imageId(), ImageStatus.IMPORTING, null);
  }

  private ImageData measure(ExpectedData expected) {
    return activities.measureLocation(
        new TransferRequest(at.imageId(), new Source.Url(server.url()), at, expected, OWNER, TASK),
        activity.next());
  }

  /** It was looked at, as an upload is. */
  private ImageData raw() {
    ImageData plain = digests(data);
    return new ImageData(plain.size(), plain.checksum(), plain.sha512(), plain.size());
  }

  private ImageData measure() {
    return measure(ExpectedData.NONE);
  }

  @Test
  void notesWhatItIs() {
    assertThat(measure()).isEqualTo(raw());
    assertThat(registry.measured).containsEntry(at.id(), raw());
    assertThat(activity.last().bytes()).isEqualTo(data.length);
    assertThat(activity.last().step()).isEqualTo("read");
  }

  @Test
  void notesNothingOfWhatIsSomethingElse() {
    String other = "0".repeat(128);
    assertThat(
            failure(DataMismatch.class, () -> measure(new ExpectedData(null, null, other)))
                .getOriginalMessage())
        .contains(other, digests(data).sha512());
    assertThat(registry.measured).isEmpty();
  }

  /** However far each gets: nothing is kept for the next. */
  @Test
  void givesUpOnASourceThatAlwaysBreaksOff() {
    for (int breaks : new int[] {5000, 3000}) {
      server.breaksAfter = breaks;
      failure(Unavailable.class, this::measure);
    }
    server.breaksAfter = 4000;
    assertThat(failure(GaveUp.class, this::measure).getOriginalMessage())
        .startsWith("gave up after 3 attempts without progress");
    assertThat(registry.measured).isEmpty();
  }

  @Test
  void beginsAtTheFirstByteAgain() {
    server.breaksAfter = 5000;
    failure(Unavailable.class, this::measure);
    server.breaksAfter = -1;
    assertThat(measure()).isEqualTo(raw());
  }

  @Test
  void readsNothingOfWhatWasGivenUp() {
    registry.put(
        new Location(
            at.id(),
            at.imageId(),
            at.store(),
            at.key(),
            LocationStatus.PENDING_DELETE,
            at.updatedAt()));
    failure(Conflict.class, this::measure);
    assertThat(server.requests).isEmpty();
  }
}
