package dev.vitrine.backend;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.DeletionHandle;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.process.VerificationHandle;
import dev.vitrine.task.Progress;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.verification.ImageVerification;
import dev.vitrine.workflow.verification.SweepResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Vitrine's workflows: what is started goes on without the command. */
public final class TemporalBackend implements Backend {

  private final RequesterClaim claim;
  private final Supplier<VitrineClient> connect;
  private @Nullable VitrineClient client;

  /**
   * @param connect opens the connection; called with the first call
   */
  public TemporalBackend(RequesterClaim claim, Supplier<VitrineClient> connect) {
    this.claim = claim;
    this.connect = connect;
  }

  @Override
  public Reply register(NewImage image) {
    Requester by = by();
    return Replies.of(client().register(image, by));
  }

  @Override
  public Reply addLocation(UUID imageId, String url) {
    Requester by = by();
    return Replies.of(client().addLocation(imageId, url, by));
  }

  @Override
  public Reply deactivate(UUID imageId) {
    Requester by = by();
    return Replies.of(client().deactivate(imageId, by));
  }

  @Override
  public Reply reactivate(UUID imageId) {
    Requester by = by();
    return Replies.of(client().reactivate(imageId, by));
  }

  @Override
  public Reply delete(UUID imageId, Duration delay, boolean wait) {
    Requester by = by();
    DeletionHandle deletion = client().delete(imageId, by, delay);
    ImageSummary image = deletion.image();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("image", image);
    Map<String, @Nullable Object> lines = Replies.of(image).lines();
    lines.put("data kept until", wait ? null : image.scrubAt());
    if (wait) {
      DeletionResult result = deletion.awaitDataRemoved();
      document.put("status", ImageStatus.DELETED);
      document.put("locations_removed", result.locationsRemoved());
      lines.put("status", ImageStatus.DELETED);
      lines.put("locations removed", result.locationsRemoved());
    }
    return new Reply(document, lines);
  }

  @Override
  public RunningWork startUpload(UploadArguments asked) {
    UUID id = asked.id() == null ? UUID.randomUUID() : asked.id();
    String url = SourceArgument.toReadableUrl(asked.data());
    UploadRequest request =
        new UploadRequest(
            id,
            asked.existing() ? null : asked.image().newImage(id, SourceArgument.name(url)),
            new Source.Url(url),
            asked.policy(),
            asked.expected(),
            by(),
            null);
    return new TemporalUpload(client().startUpload(request), claim, request.by());
  }

  @Override
  public RunningWork uploadOf(UUID imageId) {
    Requester by = by();
    return new TemporalUpload(client().upload(imageId), claim, by);
  }

  @Override
  public RunningWork startTask(@Nullable UUID id, TaskInput input) {
    TaskRequest request = new TaskRequest(id == null ? UUID.randomUUID() : id, input, by());
    return new TemporalTask(client().startTask(request), claim, request.by());
  }

  @Override
  public RunningWork retryTask(UUID failed) {
    Requester by = by();
    return new TemporalTask(client().retryTask(failed, by), claim, by);
  }

  /** Its execution knows it best; once Temporal has forgotten that, the registry does. */
  @Override
  public Reply showTask(UUID id) {
    Requester by = by();
    TaskHandle handle = client().task(id);
    try {
      return Replies.of(withProgress(handle.show(), handle));
    } catch (NotFound forgotten) {
      return Replies.of(client().findTask(id, by));
    }
  }

  @Override
  public RunningWork task(UUID id) {
    Requester by = by();
    return new TemporalTask(client().task(id), claim, by);
  }

  /** All are begun before the first is waited for. */
  @Override
  public VerifiedImages verify(List<UUID> imageIds) {
    Requester by = by();
    List<VerificationHandle> begun =
        imageIds.stream().map(id -> client().startVerification(id, by)).toList();
    List<ImageVerification> done = begun.stream().map(VerificationHandle::await).toList();
    return new VerifiedImages(
        List.copyOf(done),
        done.stream().flatMap(image -> image.locations().stream()).toList(),
        done.stream().filter(image -> !image.isGood()).map(ImageVerification::imageId).toList());
  }

  @Override
  public SweptStores sweep(SweepOrder order) {
    SweepResult result = client().startSweep(order).await();
    return new SweptStores(result, result.counts(), result.findings());
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }

  private Requester by() {
    return claim.requester();
  }

  private VitrineClient client() {
    if (client == null) {
      client = connect.get();
    }
    return client;
  }

  /** The workflow knows no progress; the server has it from the heartbeats. */
  private static TaskSummary withProgress(TaskSummary task, TaskHandle handle) {
    Optional<Progress> progress = task.status().isFinal() ? Optional.empty() : handle.progress();
    return progress.map(task::with).orElse(task);
  }
}
