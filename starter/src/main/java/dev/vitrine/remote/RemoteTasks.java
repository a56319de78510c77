package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tasks of a server. Thread-safe. */
public final class RemoteTasks {

  private static final String ALL = "/v2/tasks";

  private final ApiRequests requests;

  RemoteTasks(ApiRequests requests) {
    this.requests = requests;
  }

  /**
   * Starts a task and returns at once.
   *
   * @param type {@code import}; Vitrine has also {@code export} and {@code clone}
   * @param input by the API's names
   */
  public RemoteTask create(String type, Map<String, ?> input) {
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("type", type);
    task.put("input", input);
    return new RemoteTask(requests.json(ApiCall.json("create task", "POST", ALL, task)));
  }

  public RemoteTask show(UUID id) {
    return new RemoteTask(requests.json(ApiCall.get("task " + id, path(id))));
  }

  /** Lists tasks; pages are fetched as they are needed, so errors come from the stream. */
  public Stream<RemoteTask> list(int pageSize) {
    return new PageIterator<>(requests, ALL, "limit=" + pageSize, "tasks", RemoteTask::new)
        .stream();
  }

  /** The tasks about one image. */
  public List<RemoteTask> ofImage(UUID imageId) {
    return JsonMaps.objects(
            requests.json(
                ApiCall.get("tasks of image " + imageId, RemoteImages.path(imageId) + "/tasks")),
            "tasks")
        .stream()
        .map(RemoteTask::new)
        .toList();
  }

  /**
   * Starts an import into an image, and returns at once. Vitrine says which task it is; of another
   * server it is the newest one of the image.
   *
   * @return the task's id
   * @throws NotFound if there is no such image, or the server tells of no task
   * @throws dev.vitrine.error.VitrineException.Conflict if the image's status does not allow it
   */
  public UUID importInto(UUID imageId, RemoteImport order) {
    String what = "import into image " + imageId;
    return requests
        .header(
            ApiCall.json(what, "POST", RemoteImages.path(imageId) + "/import", order.document()),
            "x-vitrine-task-id")
        .map(UUID::fromString)
        .or(() -> ofImage(imageId).stream().findFirst().map(RemoteTask::id))
        .orElseThrow(() -> new NotFound(what + ": it was taken, and the server tells of no task"));
  }

  /**
   * Asks a task to stop; it ends in {@code failure}. Vitrine's own addition, where its operator
   * allows it.
   *
   * @throws Invalid if the server does not have it
   */
  public void cancel(UUID id) {
    requests.done(ApiCall.plain("cancel task " + id, "DELETE", path(id)));
  }

  /**
   * Starts another task that does again what one that failed did, and returns at once. Vitrine's
   * own addition.
   *
   * @throws dev.vitrine.error.VitrineException.Conflict if the task has not failed
   * @throws NotFound if there is no such task, or this server does not have it
   */
  public RemoteTask retry(UUID id) {
    return new RemoteTask(
        requests.json(ApiCall.plain("retry of task " + id, "POST", path(id) + "/retry")));
  }

  /**
   * How far a task is. Vitrine's own addition.
   *
   * @throws NotFound if there is no such task, or this server does not have it
   */
  public RemoteProgress progress(UUID id) {
    Map<String, @Nullable Object> answer =
        requests.json(ApiCall.get("progress of task " + id, path(id) + "/progress"));
    return RemoteProgress.of(answer);
  }

  private static String path(UUID id) {
    return ALL + "/" + id;
  }
}
