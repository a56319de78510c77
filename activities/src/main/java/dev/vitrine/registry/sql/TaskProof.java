package dev.vitrine.registry.sql;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.Task;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What shows that a task has done what it was for; a result can be invented. */
record TaskProof(Handle handle) {

  /**
   * Requires it.
   *
   * @throws Conflict if nothing shows it
   */
  void require(Task task) {
    if (task.type().makesImage()) {
      requireData(task);
    } else if (!new TasksTable(handle).isExported(task.id())
        && !new InstallationTable(handle).require().formerWork()) {
      throw new Conflict(
          "task %s: nothing has published its data, whoever says that it is done; start it again"
              .formatted(task.id()));
    }
  }

  /** One that is gone was there: somebody has deleted it since, or it was purged. */
  private void requireData(Task task) {
    UUID imageId = task.imageId();
    if (imageId == null) {
      return;
    }
    ImageStatus status =
        new ImagesTable(handle).find(imageId).map(Image::status).orElse(ImageStatus.DELETED);
    switch (status) {
      case QUEUED, SAVING, UPLOADING, IMPORTING, KILLED ->
          throw new Conflict(
              "task %s: its image %s is %s, whoever says that it is done; start it again"
                  .formatted(task.id(), imageId, status));
      case ACTIVE, DEACTIVATED, DELETED, PENDING_DELETE -> {}
    }
  }
}
