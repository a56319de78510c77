package dev.vitrine.workflow.task;

import static java.util.Objects.requireNonNull;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.task.TaskInput;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An import: makes an image of what is at a URL. */
final class ImportTask implements TypedTask {

  private final TaskInput.Import input;
  private final ImageOfTask image;
  private @Nullable Source source;

  ImportTask(TaskInput.Import input, ImageOfTask image) {
    this.input = input;
    this.image = image;
  }

  @Override
  public UUID imageId() {
    return image.id();
  }

  @Override
  public void admit() {
    try {
      source = new Source.Url(input.importFrom(), input.query());
    } catch (VitrineException refused) {
      throw Failures.toTemporal(refused);
    }
  }

  @Override
  public Map<String, Object> run() {
    return image.make(requireNonNull(source, "not admitted"), ExpectedData.NONE);
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
