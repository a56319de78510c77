package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.database.LostRace;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.Image;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What a project may have in all. Changes that add to it are made one after the other per project,
 * so that no two of them take the same room; where there is no limit, nothing is locked or counted.
 */
record Quota(Database database, Limits limits) {

  /** Requires room for one image more. */
  void requireImage(Handle handle, String project) {
    if (limits.images() == 0) {
      return;
    }
    database.lock(handle, project);
    long images = new UsageTable(handle).of(project, limits).images();
    if (images >= limits.images()) {
      throw new TooLarge(
          "project %s has %d images, and its limit is %d; delete some first"
              .formatted(project, images, limits.images()));
    }
  }

  /** Requires room for what an image takes in the project that it is given to. */
  void requireMove(Handle handle, Image image, String project) {
    if (limits.images() > 0 || limits.bytes() > 0) {
      // Both, so that it grows in neither meanwhile; in one order, so that no two wait for another.
      Stream.of(image.owner(), project).sorted().forEach(each -> database.lock(handle, each));
    }
    requireImage(handle, project);
    if (limits.bytes() > 0) {
      requireBytes(handle, image.id(), project, new UsageTable(handle).ofImage(image.id()));
    }
  }

  /**
   * Waits for the turn of whatever is going to require room for an image's data, before it has
   * locked anything else.
   */
  void queue(Handle handle, UUID imageId) {
    if (limits.bytes() > 0) {
      database.lock(handle, new ImagesTable(handle).require(imageId).owner());
    }
  }

  /** Requires room for the image's data, of so many bytes at least. */
  void requireBytes(Handle handle, UUID imageId, long bytes) {
    if (limits.bytes() == 0) {
      return;
    }
    ImagesTable images = new ImagesTable(handle);
    String project = images.require(imageId).owner();
    database.lock(handle, project);
    if (!images.require(imageId).owner().equals(project)) {
      throw new LostRace("image %s was given to another project".formatted(imageId));
    }
    requireBytes(handle, imageId, project, bytes);
  }

  private void requireBytes(Handle handle, UUID imageId, String project, long bytes) {
    long others = new UsageTable(handle).bytesWithout(project, imageId);
    if (bytes > limits.bytes() - others) {
      throw new TooLarge(
          "image %s: %d bytes, with the %d of the other images of project %s, exceed its limit of %d; delete some first"
              .formatted(imageId, bytes, others, project, limits.bytes()));
    }
  }
}
