package dev.vitrine.step;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageProperties;
import dev.vitrine.image.NewImage;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The image that an import or a clone is to make, read from the registry alone. */
record NewImageOfTask(ImageLookup images) {

  /**
   * With the metadata of the task's input, and a clone's of the original beneath that.
   *
   * @throws Invalid naming what can't be of an image
   */
  NewImage describe(Task task, UUID imageId) {
    if (task.input() instanceof TaskInput.Import in) {
      Map<String, @Nullable Object> properties = new LinkedHashMap<>(in.imageProperties());
      properties.put(ImageField.DISK_FORMAT.wireName(), in.importFromFormat());
      return ImageProperties.newImage(imageId, task.owner(), properties);
    }
    if (task.input() instanceof TaskInput.Clone clone) {
      Image original =
          images.find(clone.imageId()).orElseThrow(() -> ImageAccess.notFound(clone.imageId()));
      return ImageProperties.copy(imageId, task.owner(), original, clone.imageProperties());
    }
    throw new Invalid("task %s, %s, makes no image".formatted(task.id(), task.type()));
  }
}
