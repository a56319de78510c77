package dev.vitrine.worker;

import dev.vitrine.thread.Background;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;

/** What workflows ask for goes on without anybody; requests of the API do not wait behind it. */
final class BackgroundActivities extends WorkerInterceptorBase {

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        return Background.during(() -> super.execute(input));
      }
    };
  }
}
