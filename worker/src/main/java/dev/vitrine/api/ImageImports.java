package dev.vitrine.api;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Source;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedImports;
import dev.vitrine.guard.GuardedTasks;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.RequestBody;
import dev.vitrine.http.Route;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.StoreNames;
import dev.vitrine.process.Processes;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.registry.Locations;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.ImportRequest;
import dev.vitrine.task.ImportVia;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.web.WebRules;
import dev.vitrine.workflow.task.TaskRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** {@code POST …/import}: a task brings data into an image that there is. */
final class ImageImports {

  private static final String TOKEN = "x-auth-token";

  private static final String STORE = "x-image-meta-store";

  /** Which task it became: the reference names it nowhere. */
  static final String TASK = "x-vitrine-task-id";

  private final GuardedImports imports;
  private final GuardedTasks tasks;
  private final Locations locations;
  private final Processes processes;
  private final StoreNames stores;
  private final List<ImportMethod> methods;
  private final WebRules web;
  private final Set<String> regions;

  /**
   * @param stores those that imports may go to
   * @param methods the ways to import
   * @param web which URLs may be read
   * @param regions whose images may be imported
   */
  ImageImports(
      GuardedImports imports,
      GuardedTasks tasks,
      Locations locations,
      Processes processes,
      StoreNames stores,
      List<ImportMethod> methods,
      WebRules web,
      Set<String> regions) {
    this.regions = Set.copyOf(regions);
    this.imports = imports;
    this.tasks = tasks;
    this.locations = locations;
    this.processes = processes;
    this.stores = stores;
    this.methods = List.copyOf(methods);
    this.web = web;
  }

  List<Route> routes() {
    return methods.isEmpty()
        ? List.of()
        : List.of(
            Route.of("POST", "/v2/images/{id}/import", this::begin).taking(RequestBody.DOCUMENT));
  }

  private Answer begin(Call call) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    ImportRequest asked = ImportBody.read(call.body(), methods);
    imports.require(id, asked.method().name(), call.requester());
    requireReadable(asked);
    UUID taskId = begin(call, new TaskInput.ImageImport(id, asked, stores(call, id, asked)));
    return Answer.accepted().with(TASK, taskId.toString());
  }

  /**
   * Gives an image data that lies elsewhere, once that is what it was said to be.
   *
   * @param location says so; the image is active at once, and gets its digests, if it says nothing
   * @return the task that it became, to be named in the answer as {@link #TASK}
   */
  UUID begin(Call call, UUID id, ImportVia location) {
    ImportRequest asked = ImportRequest.of(location);
    requireReadable(asked);
    return begin(call, new TaskInput.ImageImport(id, asked, List.of(Location.EXTERNAL)));
  }

  private UUID begin(Call call, TaskInput.ImageImport input) {
    UUID id = input.imageId();
    tasks.requireAcceptable(input, call.requester());
    UUID taskId =
        new IdempotencyKeys("import into image " + id)
            .of(call)
            .map(key -> tasks.claim(key, UUID.randomUUID(), call.requester()))
            .orElseGet(UUID::randomUUID);
    if (tasks.find(taskId, call.requester()).isEmpty()) {
      tasks.requireRoom(call.requester());
      imports.requireImportable(id, ImportOrder.of(input), call.requester());
      start(call, new TaskRequest(taskId, input, call.requester()));
    }
    return taskId;
  }

  /**
   * Starts it, and writes what its workflow writes first of all: whoever comes first. So that
   * nobody waits for a worker, and what is answered is so: the image is given to the task.
   */
  private void start(Call call, TaskRequest given) {
    TaskRequest request = processes.acceptable(withToken(call, given));
    TaskInput.ImageImport input = (TaskInput.ImageImport) given.input();
    try {
      TaskHandle unused = processes.startTask(request);
    } catch (Conflict repeated) {
      // The same request came twice at once, under one idempotency key: it is begun once.
    }
    UUID taskId = request.taskId();
    Requester by = request.by();
    Operation created = RequestOperation.of(call, "create-" + taskId);
    Task unused = tasks.create(created, taskId, request.input(), by);
    imports.begin(
        RequestOperation.of(call, "begin-import-" + taskId),
        taskId,
        input.imageId(),
        ImportOrder.of(input),
        by);
  }

  /** Another region is asked as whoever asks here; what is kept of their token nobody can read. */
  private TaskRequest withToken(Call call, TaskRequest given) {
    TaskInput.ImageImport input = (TaskInput.ImageImport) given.input();
    ImportVia via = input.via();
    String token = call.header(TOKEN).orElse(null);
    if (via.name() != ImportMethod.GLANCE_DOWNLOAD || token == null) {
      return given;
    }
    HiddenQuery hidden =
        processes.hide(
            Source.OfRegion.sealed(
                String.valueOf(via.glanceRegion()), String.valueOf(via.glanceImageId())),
            token);
    return new TaskRequest(given.taskId(), input.with(hidden), given.by());
  }

  /** As far as the URL itself tells; where it leads to is asked when it is read. */
  private void requireReadable(ImportRequest asked) {
    String region = asked.method().glanceRegion();
    if (region != null && !regions.contains(region)) {
      throw new Invalid(
          "glance_region %s is not known here: give one of %s"
              .formatted(Excerpt.value(region), String.join(", ", new TreeSet<>(regions))));
    }
    String url = asked.method().uri();
    if (url == null) {
      return;
    }
    String shown = HiddenQuery.shown(url, null);
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new Invalid("uri '%s' is no URL: %s".formatted(shown, e.getReason()));
    }
    web.refusal(uri, shown)
        .ifPresent(
            why -> {
              throw new Invalid("uri " + why);
            });
  }

  /** The stores that come of what was said, or of nothing. */
  private List<String> stores(Call call, UUID id, ImportRequest asked) {
    String header = call.header(STORE).orElse(null);
    List<String> named = asked.stores();
    if (asked.wantsAll()) {
      if (named != null || header != null) {
        throw new Invalid(
            "import into image %s: all_stores is given with %s; give one of them"
                .formatted(id, named == null ? STORE : "stores"));
      }
      return stores.taking();
    }
    if (named != null && header != null) {
      throw new Invalid(
          "import into image %s: stores is given with %s; give one of them".formatted(id, STORE));
    }
    List<String> wanted =
        named != null ? named : header != null ? List.of(header) : List.of(implied(id, asked));
    wanted.stream()
        .filter(store -> !stores.has(store))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new Conflict(
                  "import into image %s: there is no store '%s'; there are %s"
                      .formatted(id, unknown, stores));
            });
    wanted.forEach(store -> stores.requireTaking("import into image " + id, store));
    return wanted.stream().distinct().sorted().toList();
  }

  /** What is staged stays where it is, so that nothing has to be moved. */
  private String implied(UUID id, ImportRequest asked) {
    return asked.method().name() == ImportMethod.GLANCE_DIRECT
        ? locations.of(id).stream()
            .filter(each -> each.status() == LocationStatus.PENDING)
            .map(Location::store)
            .filter(stores.taking()::contains)
            .findFirst()
            .orElse(stores.defaultStore())
        : stores.defaultStore();
  }
}
