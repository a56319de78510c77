package dev.vitrine.worker;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;

/**
 * Lets a worker find back to a server that was away. A poll that fails is tried again after a time
 * that grows to a minute: after an outage a worker would be missed for so long. Polls wait for the
 * connection instead, which is tried again every two seconds.
 */
public final class PollsWaitForServer implements ClientInterceptor {

  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private PollsWaitForServer() {}

  /** The options of a connection that workers use. */
  public static WorkflowServiceStubsOptions of(WorkflowServiceStubsOptions options) {
    return WorkflowServiceStubsOptions.newBuilder(options)
        .addGrpcClientInterceptor(new PollsWaitForServer())
        .setConnectionBackoffResetFrequency(RECONNECT)
        .build();
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return next.newCall(method, isPoll(method) ? options.withWaitForReady() : options);
  }

  private static boolean isPoll(MethodDescriptor<?, ?> method) {
    String name = method.getBareMethodName();
    return name != null && name.startsWith("Poll") && name.endsWith("TaskQueue");
  }
}
