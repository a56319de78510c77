package dev.vitrine.worker;

import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.thread.LogContext;
import dev.vitrine.thread.LogKey;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says what the lines are about that workflows and activities log, on every thread of theirs: their
 * workflow, and the image and the task that it is for.
 */
final class WorkLogContext extends WorkerInterceptorBase {

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      private Map<LogKey, String> about = Map.of();

      @Override
      public void init(ActivityExecutionContext context) {
        ActivityInfo info = context.getInfo();
        about = aboutWorkflow(info.getWorkflowId());
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        return LogContext.during(withArguments(about, input), () -> super.execute(input));
      }
    };
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor calls) {
        super.init(
            new WorkflowOutboundCallsInterceptorBase(calls) {
              @Override
              public Object newChildThread(Runnable work, boolean detached, String name) {
                return super.newChildThread(of(work), detached, name);
              }
            });
      }

      @Override
      public Object newWorkflowMethodThread(Runnable work, @Nullable String name) {
        return super.newWorkflowMethodThread(of(work), name);
      }

      @Override
      public Object newCallbackThread(Runnable work, @Nullable String name) {
        return super.newCallbackThread(of(work), name);
      }
    };
  }

  /** A workflow's thread, which knows its workflow once it runs. */
  private static Runnable of(Runnable work) {
    return () -> LogContext.during(aboutWorkflow(Workflow.getInfo().getWorkflowId()), work);
  }

  private static Map<LogKey, String> withArguments(
      Map<LogKey, String> about, ActivityInboundCallsInterceptor.ActivityInput input) {
    Object first = input.getArguments().length == 0 ? null : input.getArguments()[0];
    if (first instanceof TransferRequest transfer) {
      return with(about, transfer.imageId(), transfer.taskId());
    }
    if (first instanceof ExportRequest export) {
      return with(about, export.imageId(), export.taskId());
    }
    return about;
  }

  private static Map<LogKey, String> aboutWorkflow(String workflowId) {
    Map<LogKey, String> about = new EnumMap<>(LogKey.class);
    about.put(LogKey.WORKFLOW, workflowId);
    WorkflowIds.imageOf(workflowId).ifPresent(image -> about.put(LogKey.IMAGE, image));
    WorkflowIds.taskOf(workflowId).ifPresent(task -> about.put(LogKey.TASK, task));
    return about;
  }

  private static Map<LogKey, String> with(
      Map<LogKey, String> about, UUID imageId, @Nullable UUID taskId) {
    Map<LogKey, String> more = new EnumMap<>(LogKey.class);
    more.putAll(about);
    more.put(LogKey.IMAGE, imageId.toString());
    if (taskId != null) {
      more.put(LogKey.TASK, taskId.toString());
    }
    return more;
  }
}
