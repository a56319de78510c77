package dev.vitrine.workflow.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepMark;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.activity.SweepRequest;
import dev.vitrine.activity.SweepStretch;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What verifications send through Temporal, and back. */
final class VerificationFormsTest {

  private static final UUID ID = new UUID(1, 2);
  private static final SweepFinding FINDING =
      new SweepFinding(SweepFinding.Kind.MISSING, "main", "a/b", ID, "nothing there", true);
  private static final SweepOrder ORDER =
      new SweepOrder("main", true, false, true, Duration.ofMillis(1500), 7, 8);

  static List<Object> forms() {
    return List.of(
        new ImageVerificationRequest(ID, Requester.member("alice", "acme")),
        new ImageVerification(
            ID, List.of(new LocationCheck(ID, ID, "main", Outcome.PASSED_OVER, null))),
        new SweepRequest(ORDER, new SweepMark(SweepMark.Part.PUBLISHED, "main", "a/b"), 100),
        new SweepStretch(SweepCounts.NONE.plus(FINDING), List.of(FINDING), SweepMark.START),
        SweepRun.of(new SweepOrder(null, false, true, false, Duration.ZERO, 0, 0)),
        SweepRun.every(Duration.ofDays(7), ORDER),
        new SweepResult(SweepCounts.NONE.plusLocation(5).plusKeys(3), List.of(FINDING)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void comesBackAsItWas(Object value) {
    DataConverter converter = DefaultDataConverter.newDefaultInstance();
    Object back =
        converter.fromPayload(
            converter.toPayload(value).orElseThrow(), value.getClass(), value.getClass());
    assertThat(back).isEqualTo(value);
  }
}
