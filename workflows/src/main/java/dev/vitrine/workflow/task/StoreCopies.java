package dev.vitrine.workflow.task;

import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.StoresTransferRequest;
import dev.vitrine.activity.StoresTransferred;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.activity.Transferred;
import dev.vitrine.error.ErrorKind;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Location;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.Cancellation;
import dev.vitrine.workflow.CurrentDetails;
import dev.vitrine.workflow.Faults;
import dev.vitrine.workflow.TransferOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The data of an import on its way into its stores: into all of them in one pass, and into one that
 * was dropped from it with tries of its own, from one that has the data.
 */
final class StoreCopies {

  /** Bytes of the reason of one of many stores. */
  private static final int CAUSE = 1000;

  private final TaskRequest request;
  private final CurrentDetails steps;
  private final Map<UUID, Location> stored = new LinkedHashMap<>();
  private final Map<String, String> failed = new LinkedHashMap<>();
  private @Nullable Long moved;
  private @Nullable Integer attempts;

  StoreCopies(TaskRequest request, CurrentDetails steps) {
    this.request = request;
    this.steps = steps;
  }

  /** The locations that have the data. */
  List<UUID> stored() {
    return List.copyOf(stored.keySet());
  }

  /** The stores that have the data, sorted. */
  List<String> storedIn() {
    return stored.values().stream().map(Location::store).sorted().toList();
  }

  /** The stores that have not, each with the reason. */
  Map<String, String> failed() {
    return failed;
  }

  @Nullable Long moved() {
    return moved;
  }

  @Nullable Integer attempts() {
    return attempts;
  }

  /**
   * Brings it there.
   *
   * @param mustSucceed whether one store that fails is a failure
   * @throws TemporalFailure if it can't be brought there: which step, store and attempt, and why
   */
  void bring(Source source, ImportPlan plan, boolean mustSucceed) {
    List<Location> targets = new ArrayList<>(plan.targets());
    Location staged = plan.source();
    if (staged != null && targets.removeIf(each -> each.id().equals(staged.id()))) {
      stored.put(staged.id(), staged);
      moved = plan.expected().size();
    }
    if (targets.isEmpty()) {
      return;
    }
    List<Location> dropped;
    try {
      dropped = pass(source, plan.expected(), targets);
    } catch (RuntimeException failure) {
      rethrowIfStopped(failure);
      targets.forEach(each -> failed.put(each.store(), why(failure)));
      if (mustSucceed || stored.isEmpty()) {
        throw isElsewhere(targets.get(0))
            ? ApplicationFailure.newNonRetryableFailure(
                "read of %s, %s".formatted(source.display(), why(failure)), kind(failure))
            : failed(word(source), targets, failure);
      }
      return;
    }
    for (Location each : dropped) {
      copy(each, plan.expected(), mustSucceed);
    }
  }

  /** In one pass. Returns those that have it not yet. */
  private List<Location> pass(Source source, ExpectedData expected, List<Location> targets) {
    String into = stores(targets);
    if (isElsewhere(targets.get(0))) {
      measure(source, expected, targets.get(0));
      return List.of();
    }
    steps.begin(
        "%s from %s into %s; how far it is and what it waits for, the pending activity's heartbeat says"
            .formatted(word(source), Markdown.code(source.display()), Markdown.code(into)));
    if (targets.size() == 1) {
      transfer(source, expected, targets.get(0));
      return List.of();
    }
    StoresTransferred done =
        transfers("image %s from %s into %s", source, into)
            .transferToStores(
                new StoresTransferRequest(
                    targets.get(0).imageId(),
                    source,
                    targets,
                    expected,
                    request.by(),
                    request.taskId()));
    moved = done.size();
    attempts = done.attempts();
    targets.stream()
        .filter(each -> done.stored().contains(each.id()))
        .forEach(each -> stored.put(each.id(), each));
    return targets.stream().filter(each -> !stored.containsKey(each.id())).toList();
  }

  /** Where the data stays what and where it is. */
  private void measure(Source source, ExpectedData expected, Location at) {
    steps.begin(
        "read %s, for its size and digests; how far it is, the pending activity's heartbeat says"
            .formatted(Markdown.code(source.display())));
    Transferred done =
        Workflow.newActivityStub(
                TransferActivities.class,
                TransferOptions.transfer(
                    "measures image %s at %s".formatted(at.imageId(), source.display())))
            .measureLocation(
                new TransferRequest(
                    at.imageId(), source, at, expected, request.by(), request.taskId()));
    moved = done.size();
    attempts = done.attempts();
    stored.put(at.id(), at);
  }

  private static boolean isElsewhere(Location location) {
    return location.store().equals(Location.EXTERNAL);
  }

  private void transfer(Source source, ExpectedData expected, Location target) {
    Transferred done =
        transfers("image %s from %s into %s", source, target.store())
            .transfer(
                new TransferRequest(
                    target.imageId(), source, target, expected, request.by(), request.taskId()));
    moved = done.size();
    attempts = done.attempts();
    stored.put(target.id(), target);
    String within = done.copiedWithin();
    if (within != null) {
      steps.begin("store %s has copied it within itself".formatted(Markdown.code(within)));
    }
  }

  /** Into a further store, with tries of its own. */
  private void copy(Location target, ExpectedData expected, boolean mustSucceed) {
    Location from = stored.values().iterator().next();
    Source source = new Source.OfLocation(from.imageId(), from.id(), from.store());
    steps.begin(
        "copy from %s into %s"
            .formatted(Markdown.code(from.store()), Markdown.code(target.store())));
    try {
      transfer(source, expected, target);
    } catch (RuntimeException failure) {
      rethrowIfStopped(failure);
      failed.put(target.store(), why(failure));
      if (mustSucceed) {
        throw failed("copy from store '%s'".formatted(from.store()), List.of(target), failure);
      }
    }
  }

  private TransferActivities transfers(String summary, Source source, String into) {
    return Workflow.newActivityStub(
        TransferActivities.class,
        TransferOptions.transfer(summary.formatted(imageOf(source), source.display(), into)));
  }

  private String imageOf(Source source) {
    return source instanceof Source.OfLocation copy
        ? copy.imageId().toString()
        : "of task " + request.taskId();
  }

  private static void rethrowIfStopped(RuntimeException failure) {
    Faults.rethrowIfForAnotherWorker(failure);
    if (Cancellation.isCauseOf(failure) || !(failure instanceof TemporalFailure)) {
      throw failure;
    }
  }

  private static String why(RuntimeException failure) {
    return attempt(failure) + Excerpt.of(Failures.describe(failure), CAUSE);
  }

  private static String attempt(RuntimeException failure) {
    return Failures.attempt(failure).map(n -> "attempt " + n + ": ").orElse("");
  }

  private static ApplicationFailure failed(
      String step, List<Location> targets, RuntimeException failure) {
    return ApplicationFailure.newNonRetryableFailure(
        "%s into %s, %s".formatted(step, stores(targets), why(failure)), kind(failure));
  }

  private static String kind(RuntimeException failure) {
    return Failures.fromTemporal(failure)
        .map(VitrineException::kind)
        .orElse(ErrorKind.CONFLICT)
        .wireName();
  }

  private static String stores(List<Location> targets) {
    String names =
        targets.stream().map(each -> "'" + each.store() + "'").collect(Collectors.joining(", "));
    return (targets.size() == 1 ? "store " : "stores ") + names;
  }

  private static String word(Source source) {
    return source instanceof Source.Url || source instanceof Source.OfRegion ? "download" : "copy";
  }
}
