package dev.vitrine.tracing;

import dev.vitrine.http.RequestObserver;
import dev.vitrine.store.Store;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import java.util.List;

/** Leaves everything as it is. */
final class NoTracing implements Tracing {

  @Override
  public RequestObserver observing(RequestObserver requests) {
    return requests;
  }

  @Override
  public List<WorkerInterceptor> work() {
    return List.of();
  }

  @Override
  public List<WorkflowClientInterceptor> starts() {
    return List.of();
  }

  @Override
  public Store traced(Store store) {
    return store;
  }

  @Override
  public void close() {}
}
