package dev.vitrine.worker;

import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;

/**
 * Lets an interrupted activity say how it ended. The SDK reports on the activity's own thread, and
 * gRPC gives a call up whose thread is interrupted: the server would learn of the hand-over only by
 * the heartbeat timeout.
 */
final class InterruptedActivityReports extends WorkerInterceptorBase {

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } finally {
          Thread.interrupted();
        }
      }
    };
  }
}
