package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepStretch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MeasuredFindingsTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MeasuredFindings measured = new MeasuredFindings(meters);

  private void done(@Nullable Object result) {
    ActivityInboundCallsInterceptor activity =
        new ActivityInboundCallsInterceptor() {
          @Override
          public void init(ActivityExecutionContext context) {}

          @Override
          public ActivityOutput execute(ActivityInput input) {
            return new ActivityOutput(result);
          }
        };
    var unused =
        measured
            .interceptActivity(activity)
            .execute(new ActivityInboundCallsInterceptor.ActivityInput(null, new Object[0]));
  }

  private double count(String kind) {
    return meters.get("vitrine.findings").tag("kind", kind).counter().count();
  }

  @Test
  void countsByKindFromZeroOn() {
    assertThat(count("wrong")).isZero();

    done(new SweepStretch(new SweepCounts(9, 9, 9, 1, 2, 3, 4, 5), List.of(), null));
    done(new LocationCheck(new UUID(0, 1), new UUID(0, 2), "main", Outcome.WRONG, "why"));
    done(new LocationCheck(new UUID(0, 1), new UUID(0, 2), "main", Outcome.OK, null));
    done(null);

    assertThat(List.of(count("wrong"), count("missing"), count("unread"), count("orphan")))
        .containsExactly(2.0, 2.0, 3.0, 4.0);
  }
}
