package dev.vitrine.worker;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepStretch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;

/** Counts what verifications and sweeps find. */
final class MeasuredFindings extends WorkerInterceptorBase {

  private final Counter wrong;
  private final Counter missing;
  private final Counter unread;
  private final Counter orphans;

  MeasuredFindings(MeterRegistry meters) {
    this.wrong = counter(meters, "wrong");
    this.missing = counter(meters, "missing");
    this.unread = counter(meters, "unread");
    this.orphans = counter(meters, "orphan");
  }

  /** There from the start, so that a first finding is an increase. */
  private static Counter counter(MeterRegistry meters, String kind) {
    return Counter.builder("vitrine.findings")
        .description("What stores have otherwise than the registry says")
        .tag("kind", kind)
        .register(meters);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        ActivityOutput output = super.execute(input);
        count(output.getResult());
        return output;
      }
    };
  }

  private void count(Object result) {
    if (result instanceof SweepStretch stretch) {
      SweepCounts counts = stretch.counts();
      wrong.increment((double) counts.wrong());
      missing.increment((double) counts.missing());
      unread.increment((double) counts.unread());
      orphans.increment((double) counts.orphans());
    } else if (result instanceof LocationCheck check) {
      count(check.outcome());
    }
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case WRONG -> wrong.increment();
      case MISSING -> missing.increment();
      case UNREAD -> unread.increment();
      case OK, PASSED_OVER -> {
        // As it should be.
      }
    }
  }
}
