package dev.vitrine.workflow.task;

import static java.util.Objects.requireNonNull;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.RegistrySteps;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A clone: makes an image of another image's data, and checks that it is the same. */
final class CloneTask implements TypedTask {

  private final RegistrySteps registry;
  private final Requester by;
  private final TaskInput.Clone input;
  private final ImageOfTask image;
  private @Nullable ImageSummary original;

  CloneTask(RegistrySteps registry, Requester by, TaskInput.Clone input, ImageOfTask image) {
    this.registry = registry;
    this.by = by;
    this.input = input;
    this.image = image;
  }

  @Override
  public UUID imageId() {
    return image.id();
  }

  @Override
  public void admit() {
    original = registry.images(images -> images.requireData(input.imageId(), by, "clone"));
  }

  @Override
  public Map<String, Object> run() {
    ImageSummary from = requireNonNull(original, "not admitted");
    return image.make(
        new Source.OfImage(from.id()),
        new ExpectedData(from.size(), from.checksum(), from.osHashValue()));
  }

  @Override
  public @Nullable Long moved() {
    return image.moved();
  }

  @Override
  public @Nullable Integer attempts() {
    return image.attempts();
  }

  @Override
  public void stopUpload(Requester by, String deletionWorkflowId) {
    image.stopUpload(by, deletionWorkflowId);
  }

  @Override
  public void compensate() {
    image.delete();
  }
}
