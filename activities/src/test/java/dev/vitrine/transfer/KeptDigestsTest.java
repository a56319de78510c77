package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.source.ResumePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a resumption hashes. The unfinished data is changed behind its back: digests of the source's
 * data show that it wasn't read again, digests of what lies there that it was.
 */
@Timeout(60)
class KeptDigestsTest extends TransferFixture {

  private static final int BROKE_AT = 4321;

  private final KeptDigests kept = new KeptDigests();
  private final UUID key = UUID.randomUUID();

  private void breakOff() {
    server.breaksAfter = BROKE_AT;
    failure(Unavailable.class, this::transfer);
    assertThat(activity.last().bytes()).isEqualTo(BROKE_AT);
    server.breaksAfter = -1;
  }

  /** Changes a byte of what is durable; returns what the whole is with it. */
  private byte[] change() throws IOException {
    Path partial = directory.resolve("store/.partial").resolve(location.key());
    byte[] durable = Files.readAllBytes(partial);
    durable[1]++;
    Files.write(partial, durable);
    byte[] mixed = data.clone();
    mixed[1]++;
    return mixed;
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void isNotHashedAgainByTheAttemptThatFollowsInTheSameProcess(boolean parallel)
      throws IOException {
    configure(100_000, Duration.ofSeconds(60), parallel);
    breakOff();
    change();
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests).containsExactly("null null", "bytes=4321- \"v1\"");
  }

  @Test
  void isKeptWhileTheSourceCantBeOpened() throws IOException {
    breakOff();
    server.statuses.add(503);
    failure(Unavailable.class, this::transfer);
    change();
    assertThat(transfer()).isEqualTo(digests(data));
  }

  @Test
  void goesOnAsOftenAsTheSourceBreaksOff() throws IOException {
    breakOff();
    server.breaksAfter = 1111;
    failure(Unavailable.class, this::transfer);
    assertThat(activity.last().bytes()).isEqualTo(BROKE_AT + 1111);
    server.breaksAfter = -1;
    change();
    assertThat(transfer()).isEqualTo(digests(data));
  }

  @Test
  void isHashedAgainByAnotherProcess() throws IOException {
    breakOff();
    byte[] mixed = change();
    configure(100_000, Duration.ofSeconds(60), true);
    assertThat(transfer()).isEqualTo(digests(mixed));
  }

  @Test
  void isHashedAgainIfAnotherAttemptWasInBetween() throws IOException {
    breakOff();
    byte[] mixed = change();
    ActivityAttempt elsewhere = activity.next();
    assertThat(elsewhere.attempt()).isEqualTo(2);
    assertThat(transfer()).isEqualTo(digests(mixed));
  }

  @Test
  void isTakenOnceAndOnlyWhereItFits() throws Exception {
    ResumePoint there = new ResumePoint(5, null, "v1", false);
    keep(key, 1);
    assertThat(kept.of(key, 2).take(new ResumePoint(6, null, "v1", false))).isNull();
    keep(key, 1);
    assertThat(kept.of(key, 2).take(new ResumePoint(5, null, "v2", false))).isNull();
    keep(key, 1);
    assertThat(kept.of(key, 3).take(there)).isNull();
    assertThat(kept.of(key, 2).take(there)).isNull();
    keep(key, 1);
    assertThat(kept.of(key, 2).take(there)).isNotNull();
    assertThat(kept.of(key, 2).take(there)).isNull();
  }

  @Test
  void forgetsTheOldestBeyondItsBound() throws Exception {
    ResumePoint there = new ResumePoint(5, null, "v1", false);
    UUID second = UUID.randomUUID();
    keep(key, 1);
    keep(second, 1);
    for (int other = 0; other < KeptDigests.MOST - 1; other++) {
      keep(UUID.randomUUID(), 1);
    }
    assertThat(kept.of(key, 2).take(there)).isNull();
    assertThat(kept.of(second, 2).take(there)).isNotNull();
  }

  private void keep(UUID of, int attempt) throws Exception {
    kept.of(of, attempt)
        .keep(
            new CopyPass.State(
                new Digests.State(
                    5, MessageDigest.getInstance("MD5"), MessageDigest.getInstance("SHA-512")),
                new DataInspection("x", null, null)),
            "v1");
  }
}
