package dev.vitrine.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException.SourceUnusable;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailureSizeTest {

  private static final DataConverter WIRE = DefaultDataConverter.newDefaultInstance();

  private static Failure deepest(Failure failure) {
    return failure.hasCause() ? deepest(failure.getCause()) : failure;
  }

  private static Throwable chain(int depth, int message) {
    Throwable at = new SourceUnusable("the source answered 403; " + "é".repeat(message));
    at = ApplicationFailure.newFailure(at.getMessage(), "SourceUnusable", 7);
    for (int link = 1; link < depth; link++) {
      at = new IllegalStateException("link " + link + "x".repeat(message), at);
    }
    return new ActivityFailure(
        "activity", 1, 2, "Transfer", "id", RetryState.RETRY_STATE_TIMEOUT, "worker", at);
  }

  @Test
  void leavesASmallOneAsItIs() {
    Failure small = Failure.newBuilder().setMessage("m").setStackTrace("s").build();

    assertThat(FailureSize.bounded(small)).isSameAs(small);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void keepsTheInnermostOfAnyChain(int depth) {
    for (int message : new int[] {0, 100, 5_000, 300_000}) {
      Failure whole = WIRE.exceptionToFailure(chain(depth, message));

      Failure cut = FailureSize.bounded(whole);

      assertThat(cut.getSerializedSize()).isLessThanOrEqualTo(FailureSize.LIMIT);
      assertThat(cut.hasActivityFailureInfo()).isTrue();
      assertThat(deepest(cut).getMessage()).startsWith("the source answered 403; ");
      assertThat(deepest(cut).getApplicationFailureInfo().getType()).isEqualTo("SourceUnusable");
      assertThat(Failures.attempt(WIRE.failureToException(cut))).contains(7);
      assertThat(Failures.fromTemporal(WIRE.failureToException(cut)))
          .get()
          .isInstanceOf(SourceUnusable.class);
    }
  }

  @Test
  void dropsDetailsThatAreTooLarge() {
    Failure whole =
        WIRE.exceptionToFailure(
            ApplicationFailure.newFailure("m", "t".repeat(9_000), "x".repeat(3_000_000)));

    Failure cut = FailureSize.bounded(whole);

    assertThat(cut.getSerializedSize()).isLessThanOrEqualTo(FailureSize.LIMIT);
    assertThat(cut.getMessage()).isEqualTo("m");
  }
}
