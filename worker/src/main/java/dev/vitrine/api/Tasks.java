package dev.vitrine.api;

import dev.vitrine.access.TaskAccess;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.guard.GuardedTasks;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import dev.vitrine.http.RequestBody;
import dev.vitrine.http.Route;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.listing.TaskQuery.SortField;
import dev.vitrine.process.Processes;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.task.TaskRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tasks: create, list, show, retry, cancel. */
final class Tasks {

  private static final String PATH = "/v2/tasks";

  private final TaskAccess access;
  private final GuardedTasks tasks;
  private final GuardedImages images;
  private final Processes processes;
  private final IdempotencyKeys keys;
  private final boolean mayCancel;

  /**
   * @param mayCancel whether DELETE cancels, where the reference has no such thing
   */
  Tasks(
      TaskAccess access,
      GuardedTasks tasks,
      GuardedImages images,
      Processes processes,
      IdempotencyKeys keys,
      boolean mayCancel) {
    this.access = access;
    this.tasks = tasks;
    this.images = images;
    this.processes = processes;
    this.keys = keys;
    this.mayCancel = mayCancel;
  }

  List<Route> routes() {
    List<Route> routes =
        new ArrayList<>(
            List.of(
                Route.of("POST", PATH, this::create).taking(RequestBody.DOCUMENT),
                Route.of("GET", PATH, this::list),
                Route.of("GET", PATH + "/{id}", this::show),
                Route.of("POST", PATH + "/{id}/retry", this::retry),
                Route.of("GET", "/v2/images/{id}/tasks", this::ofImage)));
    if (mayCancel) {
      routes.add(Route.of("DELETE", PATH + "/{id}", this::cancel));
    }
    return routes;
  }

  private Answer create(Call call) {
    requireUse(call);
    access.requireCreate(call.requester());
    TaskInput input = TaskBody.read(call.body());
    tasks.requireAcceptable(input, call.requester());
    return begin(call, keys, id -> new TaskRequest(id, input, call.requester()));
  }

  private Answer retry(Call call) {
    Task failed = require(call);
    access.requireCreate(call.requester());
    failed.requireRetryable();
    return begin(
        call,
        new IdempotencyKeys("retry of task " + failed.id()),
        id -> new TaskRequest(id, failed.input(), call.requester(), failed.id()));
  }

  private Answer begin(Call call, IdempotencyKeys requests, Function<UUID, TaskRequest> request) {
    UUID id =
        requests
            .of(call)
            .map(key -> tasks.claim(key, UUID.randomUUID(), call.requester()))
            .orElseGet(UUID::randomUUID);
    Task task = tasks.find(id, call.requester()).orElseGet(() -> created(call, request.apply(id)));
    return Answer.json(201, new TaskDocument(task).bytes())
        .with("Location", call.origin() + PATH + "/" + id);
  }

  /**
   * Starts it, and writes its row, as its workflow does first of all: whoever comes first. So
   * nobody waits for a worker, however much there is to do; and of a task whose workflow could not
   * be started there is no row.
   */
  private Task created(Call call, TaskRequest given) {
    TaskRequest request = processes.acceptable(given);
    tasks.requireRoom(request.by());
    try {
      TaskHandle unused = processes.startTask(request);
    } catch (Conflict repeated) {
      // The same request came twice at once, under one idempotency key: it is begun once.
    }
    Operation operation = RequestOperation.of(call, "create-" + request.taskId());
    UUID failed = request.retryOf();
    return failed == null
        ? tasks.create(operation, request.taskId(), request.input(), request.by())
        : tasks.retry(operation, request.taskId(), failed, request.by());
  }

  private Answer list(Call call) {
    requireUse(call);
    TaskQuery query = query(call);
    List<Task> page = tasks.list(query);
    UUID last =
        page.size() < query.limit() || page.isEmpty() ? null : page.get(page.size() - 1).id();
    return Answer.json(
        200,
        PageLinks.document(
            call, PATH, "tasks", page, last, (out, task) -> new TaskDocument(task).writeStub(out)));
  }

  private static TaskQuery query(Call call) {
    List<ListOrder.Key<SortField>> order = ListOrder.read(call, SortField.values());
    return new TaskQuery(
        call.requester(),
        call.query("type").map(TaskBody::type).orElse(null),
        call.query("status").map(Tasks::status).orElse(null),
        order.isEmpty() ? SortField.CREATED_AT : order.get(0).field(),
        order.isEmpty() || order.get(0).descending(),
        marker(call),
        PageLinks.limit(call));
  }

  private static @Nullable UUID marker(Call call) {
    return call.query("marker").map(marker -> Ids.given("marker", marker)).orElse(null);
  }

  private static TaskStatus status(String name) {
    try {
      return TaskStatus.of(name);
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          "status '%s': give pending, processing, success or failure".formatted(name));
    }
  }

  private Answer show(Call call) {
    return Answer.json(200, new TaskDocument(require(call)).bytes());
  }

  private Answer ofImage(Call call) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    images.require(id, call.requester());
    List<Task> visible = tasks.ofImage(id, call.requester());
    return Answer.json(
        200,
        Json.write(
            out -> {
              out.writeStartObject();
              out.writeArrayFieldStart("tasks");
              for (Task task : visible) {
                new TaskDocument(task).write(out);
              }
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private Answer cancel(Call call) {
    requireUse(call);
    UUID id = Ids.inPath("task", call.parameter("id"));
    Task task = tasks.requireToCancel(id, call.requester());
    processes.task(task.id()).cancel(call.requester());
    return Answer.noContent();
  }

  /** A task that the caller may see. */
  Task require(Call call) {
    requireUse(call);
    return tasks.require(Ids.inPath("task", call.parameter("id")), call.requester());
  }

  private void requireUse(Call call) {
    access.requireUse(call.requester());
  }
}
