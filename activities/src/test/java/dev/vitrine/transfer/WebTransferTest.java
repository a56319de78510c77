package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static dev.vitrine.source.SampleData.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebTransferTest extends TransferFixture {

  private static ExpectedData size(long size) {
    return new ExpectedData(size, null, null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1000, 1001, 10_000})
  void storesAndMeasuresWhatTheSourceHas(int length) throws IOException {
    server.data = random(length, 2);
    ExpectedData exactly = ExpectedData.exactly(digests(server.data));
    assertThat(transfer(new Source.Url(server.url()), exactly)).isEqualTo(digests(server.data));
    assertStored(server.data);
    assertThat(store.unfinished(location.key(), null)).isZero();
  }

  @Test
  void measuresTheSameWithDigestsInLine() throws IOException {
    configure(100_000, Duration.ofSeconds(60), false);
    assertThat(transfer()).isEqualTo(digests(data));
    assertStored(data);
  }

  @Test
  void needsNoLengthAnnounced() throws IOException {
    server.announcesLength = false;
    assertThat(transfer()).isEqualTo(digests(data));
    assertStored(data);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 418, 304, 204})
  void takesARefusalAsFinal(int status) throws IOException {
    server.statuses.add(status);
    ApplicationFailure failure = failure(SourceUnusable.class, this::transfer);
    assertThat(failure.getOriginalMessage())
        .contains("/image.raw?… answered " + status)
        .doesNotContain("secret");
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408, 425, 429})
  void triesAgainWhatMayPass(int status) throws IOException {
    server.statuses.add(status);
    ApplicationFailure failure = failure(Unavailable.class, this::transfer);
    assertThat(failure.getOriginalMessage()).contains("answered " + status);
    assertThat(transfer()).isEqualTo(digests(data));
    assertStored(data);
  }

  @Test
  void givesUpSoonWhereNobodyListens() throws IOException {
    server.close();
    ApplicationFailure failure = failure(SourceUnusable.class, this::transfer);
    assertThat(failure.getOriginalMessage())
        .contains("/image.raw?…: connection refused, tried 3 times; check the address");
    assertNothingStored();
  }

  @Test
  void givesUpSoonOnAnUnknownHost() {
    Source nowhere = new Source.Url("http://nowhere.invalid/image.raw");
    assertThat(
            failure(SourceUnusable.class, () -> transfer(nowhere, ExpectedData.NONE))
                .getOriginalMessage())
        .isEqualTo(
            "http://nowhere.invalid/image.raw: its host is unknown, tried 3 times; check the"
                + " address");
  }

  @Test
  void isPatientWithASourceThatHasGivenData() {
    server.breaksAfter = 4321;
    failure(Unavailable.class, this::transfer);
    server.close();
    assertThat(failure(Unavailable.class, this::transfer).getOriginalMessage())
        .endsWith("connection refused");
    assertThat(activity.last().bytes()).isEqualTo(4321);
  }

  @Test
  void refusesAtOnceWhatIsNotOnTheWeb() throws IOException {
    Source inside = new Source.Url("http://10.1.2.3/image.raw?token=secret");
    assertThat(
            failure(SourceUnusable.class, () -> transfer(inside, ExpectedData.NONE))
                .getOriginalMessage())
        .startsWith("http://10.1.2.3/image.raw?…: it leads to a private address")
        .contains("web-sources.addresses")
        .doesNotContain("secret");
    assertNothingStored();
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws IOException {
    server.breaksAfter = 4321;
    failure(Unavailable.class, this::transfer);
    assertThat(activity.last().bytes()).isEqualTo(4321);
    assertThat(activity.last().total()).isEqualTo(10_000);
    assertThat(activity.last().attemptsWithoutProgress()).isZero();

    server.breaksAfter = -1;
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests).containsExactly("null null", "bytes=4321- \"v1\"");
    assertStored(data);
  }

  @Test
  void goesOnByTheModificationDate() throws IOException {
    server.etag = "W/\"weak\"";
    server.lastModified = "Mon, 01 Jan 2024 00:00:00 GMT";
    server.breaksAfter = 2000;
    failure(Unavailable.class, this::transfer);
    server.breaksAfter = -1;
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests.get(1)).isEqualTo("bytes=2000- Mon, 01 Jan 2024 00:00:00 GMT");
  }

  @Test
  void beginsAnewWhenTheSourceHasChanged() throws IOException {
    server.breaksAfter = 2000;
    failure(Unavailable.class, this::transfer);
    server.breaksAfter = -1;
    server.etag = "\"v2\"";
    server.data = random(9000, 3);
    assertThat(transfer()).isEqualTo(digests(server.data));
    assertStored(server.data);
  }

  @Test
  void beginsAnewWhenTheSourceKnowsNoRanges() throws IOException {
    server.ranges = false;
    server.breaksAfter = 2000;
    failure(Unavailable.class, this::transfer);
    server.breaksAfter = -1;
    assertThat(transfer()).isEqualTo(digests(data));
    assertStored(data);
  }

  @Test
  void beginsAnewWhenNothingTellsVersionsApart() throws IOException {
    server.etag = null;
    server.breaksAfter = 2000;
    failure(Unavailable.class, this::transfer);
    server.breaksAfter = -1;
    server.data = random(10_000, 4);
    assertThat(transfer()).isEqualTo(digests(server.data));
    assertThat(server.requests).containsExactly("null null", "null null");
  }

  @Test
  void goesOnWithoutValidatorIfADigestWillTell() throws IOException {
    server.etag = null;
    server.breaksAfter = 2000;
    Source source = new Source.Url(server.url());
    ExpectedData expected = ExpectedData.exactly(digests(data));
    failure(Unavailable.class, () -> transfer(source, expected));
    server.breaksAfter = -1;
    assertThat(transfer(source, expected)).isEqualTo(digests(data));
    assertThat(server.requests).containsExactly("null null", "bytes=2000- null");
  }

  @Test
  void goesOnAtTheVeryEnd() throws IOException {
    leaveUnfinished(data, 10_000, null, "\"v1\"");
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests).containsExactly("bytes=10000- \"v1\"");
    assertStored(data);
  }

  @Test
  void beginsAnewWhenTheSourceIsShorterNow() throws IOException {
    leaveUnfinished(data, 10_000, null, "\"v1\"");
    server.data = random(9000, 6);
    assertThat(transfer()).isEqualTo(digests(server.data));
    assertThat(server.requests).containsExactly("bytes=10000- \"v1\"", "null null");
  }

  @Test
  void asksForNothingWhereOnlyPublishingWasMissing() throws IOException {
    leaveUnfinished(data, 10_000, 10_000L, "\"v1\"");
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests).isEmpty();
    assertStored(data);
  }

  @Test
  void beginsAnewWhenTheStoreHasLessThanWasReported() throws IOException {
    leaveUnfinished(data, 3000, null, "\"v1\"");
    activity.remember(new TransferHeartbeat("transfer", 4000, null, 0, 1, "\"v1\"", 0));
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests).containsExactly("null null");
  }

  @Test
  void cutsOffWhatWasNotReportedDurable() throws IOException {
    leaveUnfinished(data, 3000, null, "\"v1\"");
    activity.remember(new TransferHeartbeat("transfer", 2000, null, 0, 1, "\"v1\"", 0));
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests).containsExactly("bytes=2000- \"v1\"");
    assertStored(data);
  }

  @Test
  void refusesAnAnnouncedLengthThatIsNotTheDeclaredOne() throws IOException {
    Source source = new Source.Url(server.url());
    assertThat(failure(DataMismatch.class, () -> transfer(source, size(9999))).getOriginalMessage())
        .contains("expected 9999 bytes")
        .contains("has 10000");
    assertNothingStored();
  }

  @Test
  void refusesAnAnnouncedLengthOverTheLimit() throws IOException {
    configure(9999, Duration.ofSeconds(60), true);
    assertThat(failure(TooLarge.class, this::transfer).getOriginalMessage())
        .contains("its 10000 bytes exceed the limit of 9999 bytes");
    assertNothingStored();
  }

  @Test
  void refusesADeclaredLengthOverTheLimitUnasked() {
    Source source = new Source.Url(server.url());
    failure(TooLarge.class, () -> transfer(source, size(100_001)));
    assertThat(server.requests).isEmpty();
  }

  @Test
  void stopsAtTheLimit() throws IOException {
    configure(5500, Duration.ofSeconds(60), true);
    server.announcesLength = false;
    failure(TooLarge.class, this::transfer);
    assertNothingStored();
  }

  @Test
  void stopsAtTheDeclaredLength() throws IOException {
    server.announcesLength = false;
    Source source = new Source.Url(server.url());
    failure(DataMismatch.class, () -> transfer(source, size(5500)));
    assertNothingStored();
  }

  @Test
  void refusesDataThatIsNotWhatWasDeclared() throws IOException {
    Source source = new Source.Url(server.url());
    ExpectedData other = new ExpectedData(null, digests(new byte[1]).checksum(), null);
    assertThat(failure(DataMismatch.class, () -> transfer(source, other)).getOriginalMessage())
        .contains("checksum (MD5)");
    assertNothingStored();
  }

  @Test
  void givesUpASourceThatFallsSilentAndKeepsWhatCame() throws IOException {
    configure(100_000, Duration.ofMillis(100), true);
    server.stallsAfter = 3210;
    assertThat(failure(Unavailable.class, this::transfer).getOriginalMessage())
        .contains("sent nothing for 100 ms, after 3210 bytes");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(activity.last().bytes()).isEqualTo(3210);

    server.stallsAfter = -1;
    configure(100_000, Duration.ofSeconds(60), true);
    assertThat(transfer()).isEqualTo(digests(data));
    assertStored(data);
  }
}
