package dev.vitrine.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FailuresTest {

  static Stream<Class<?>> kinds() {
    return Arrays.stream(VitrineException.class.getPermittedSubclasses());
  }

  private static ActivityFailure wrapped(Throwable cause) {
    return new ActivityFailure(
        "activity", 1, 2, "Type", "id", RetryState.RETRY_STATE_UNSPECIFIED, "worker", cause);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void carriesEveryKindThroughAFailureAndBack(Class<?> kind) throws Exception {
    VitrineException error =
        (VitrineException)
            kind.getConstructor(String.class).newInstance("image 7: 'ä' failed; do that");

    ApplicationFailure failure = Failures.toTemporal(error);

    assertThat(failure.getType()).isEqualTo(kind.getSimpleName());
    assertThat(failure.getOriginalMessage()).isEqualTo(error.getMessage());
    assertThat(failure.isNonRetryable()).isEqualTo(!error.isTransient());
    assertThat(Failures.fromTemporal(wrapped(failure)))
        .get()
        .satisfies(
            back -> {
              assertThat(back).isExactlyInstanceOf(kind);
              assertThat(back).hasMessage(error.getMessage());
            });
    assertThat(Failures.describe(wrapped(failure))).isEqualTo(error.getMessage());
  }

  @Test
  void retriesOnlyWhatIsUnavailable() {
    assertThat(kinds().filter(kind -> kind != VitrineException.Unavailable.class)).hasSize(12);
    assertThat(new VitrineException.Unavailable("x").isTransient()).isTrue();
    assertThat(new Conflict("x").isTransient()).isFalse();
  }

  @Test
  void findsNoErrorInOtherFailures() {
    assertThat(Failures.fromTemporal(null)).isEmpty();
    assertThat(Failures.fromTemporal(ApplicationFailure.newFailure("m", "java.io.IOException")))
        .isEmpty();
    assertThat(Failures.fromTemporal(new IllegalStateException(new NotFound("n"))))
        .get()
        .isInstanceOf(NotFound.class);
  }

  @Test
  void carriesTheErrorOfABody() {
    assertThat(Failures.carrying(() -> 7)).isEqualTo(7);
    assertThatThrownBy(
            () ->
                Failures.carrying(
                    () -> {
                      throw new Conflict("taken");
                    }))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("Conflict"));
    assertThatThrownBy(
            () ->
                Failures.carrying(
                    () -> {
                      throw new IllegalStateException("a fault");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "TIMEOUT_TYPE_HEARTBEAT",
        "TIMEOUT_TYPE_SCHEDULE_TO_START",
        "TIMEOUT_TYPE_START_TO_CLOSE",
        "TIMEOUT_TYPE_SCHEDULE_TO_CLOSE"
      })
  void describesATimeoutInWords(TimeoutType type) {
    assertThat(Failures.describe(wrapped(new TimeoutFailure("raw", null, type))))
        .doesNotContain("raw", "TIMEOUT")
        .isNotBlank();
  }

  @Test
  void describesWhatElseEndsAnActivity() {
    assertThat(Failures.describe(wrapped(new CanceledFailure("raw"))))
        .isEqualTo("it was cancelled");
    assertThat(Failures.describe(wrapped(new TerminatedFailure("raw", null))))
        .isEqualTo("it was terminated in Temporal");
    assertThat(Failures.describe(wrapped(ApplicationFailure.newFailure("boom", "X"))))
        .isEqualTo("boom");
    assertThat(Failures.describe(new IllegalStateException("fault"))).contains("fault");
  }

  static Stream<Object[]> details() {
    return Stream.of(
        new Object[] {"not a number"},
        new Object[] {List.of(1, 2)},
        new Object[] {Map.of("a", "b")},
        new Object[] {(Object) null});
  }

  @ParameterizedTest
  @MethodSource("details")
  void readsNoAttemptOutOfDetailsThatAreNone(Object details) {
    DataConverter wire = DefaultDataConverter.newDefaultInstance();
    for (TemporalFailure failure :
        List.of(
            ApplicationFailure.newFailure("m", "X", details),
            new TimeoutFailure("m", details, TimeoutType.TIMEOUT_TYPE_HEARTBEAT))) {
      assertThat(Failures.attempt(wrapped(failure))).isEmpty();
      Throwable received = wire.failureToException(wire.exceptionToFailure(failure));
      assertThat(Failures.attempt(wrapped(received)).orElse(0)).isZero();
    }
    assertThat(Failures.attempt(wrapped(Failures.toTemporal(new Conflict("c"), 3)))).contains(3);
  }

  /** It may hold what is not for everybody who reads a history. */
  @Test
  void keepsACauseInItsProcess() {
    Unavailable error =
        VitrineException.because(new IOException("a disk"), new Unavailable("a store is away"));

    assertThat(error).hasCauseInstanceOf(IOException.class);
    assertThat(Failures.toTemporal(error)).hasNoCause();
    assertThat(Failures.toTemporal(error, 3)).hasNoCause();
  }

  @Test
  void cutsWhatSomebodyElseSaid() {
    String endless = "x".repeat(100_000);

    assertThat(Failures.describe(ApplicationFailure.newFailure(endless, "X")))
        .hasSizeLessThan(Excerpt.MESSAGE);
    assertThat(Failures.describe(new IllegalStateException(endless)))
        .hasSizeLessThan(Excerpt.MESSAGE);
  }
}
