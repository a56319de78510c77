package dev.vitrine.image;

import static dev.vitrine.image.ImageEvent.ADD_LOCATION;
import static dev.vitrine.image.ImageEvent.BEGIN_IMPORT;
import static dev.vitrine.image.ImageEvent.BEGIN_STAGE;
import static dev.vitrine.image.ImageEvent.BEGIN_UPLOAD;
import static dev.vitrine.image.ImageEvent.CREATE;
import static dev.vitrine.image.ImageEvent.CREATE_EMPTY;
import static dev.vitrine.image.ImageEvent.DEACTIVATE;
import static dev.vitrine.image.ImageEvent.DELAYED_DELETE;
import static dev.vitrine.image.ImageEvent.DELETE;
import static dev.vitrine.image.ImageEvent.IMPORT_FAILED;
import static dev.vitrine.image.ImageEvent.IMPORT_SUCCEEDED;
import static dev.vitrine.image.ImageEvent.REACTIVATE;
import static dev.vitrine.image.ImageEvent.SCRUB;
import static dev.vitrine.image.ImageEvent.STAGE_FAILED;
import static dev.vitrine.image.ImageEvent.UPLOAD_KILLED;
import static dev.vitrine.image.ImageEvent.UPLOAD_REQUEUED;
import static dev.vitrine.image.ImageEvent.UPLOAD_SUCCEEDED;
import static dev.vitrine.image.ImageStatus.ACTIVE;
import static dev.vitrine.image.ImageStatus.DEACTIVATED;
import static dev.vitrine.image.ImageStatus.DELETED;
import static dev.vitrine.image.ImageStatus.IMPORTING;
import static dev.vitrine.image.ImageStatus.KILLED;
import static dev.vitrine.image.ImageStatus.PENDING_DELETE;
import static dev.vitrine.image.ImageStatus.QUEUED;
import static dev.vitrine.image.ImageStatus.SAVING;
import static dev.vitrine.image.ImageStatus.UPLOADING;

import dev.vitrine.lifecycle.Edge;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.List;
import java.util.Set;

/** The edges of an image's status: these and no others. Their numbers are the contract's. */
public final class ImageLifecycle {

  /** The table. Source: Glance's "Image Statuses"; edge 15 is Vitrine's own decision. */
  public static final Lifecycle<ImageStatus, ImageEvent> TABLE =
      new Lifecycle<>(
          "image",
          List.of(
              new Edge<>(1, null, CREATE, QUEUED, "size not explicitly zero"),
              new Edge<>(2, null, CREATE_EMPTY, ACTIVE, ""),
              new Edge<>(3, QUEUED, ADD_LOCATION, ACTIVE, "never passes through saving"),
              new Edge<>(4, QUEUED, BEGIN_UPLOAD, SAVING, "exactly one upload holds the image"),
              new Edge<>(5, QUEUED, DELETE, DELETED, ""),
              new Edge<>(6, SAVING, UPLOAD_SUCCEEDED, ACTIVE, "size and digests recorded"),
              new Edge<>(7, SAVING, UPLOAD_KILLED, KILLED, "policy kill; data discarded"),
              new Edge<>(8, SAVING, UPLOAD_REQUEUED, QUEUED, "policy requeue; data discarded"),
              new Edge<>(9, SAVING, DELETE, DELETED, "transfer stopped; data discarded"),
              new Edge<>(10, ACTIVE, DELETE, DELETED, "data removed"),
              new Edge<>(11, ACTIVE, DELAYED_DELETE, PENDING_DELETE, "when switched on"),
              new Edge<>(12, ACTIVE, DEACTIVATE, DEACTIVATED, "admin"),
              new Edge<>(13, DEACTIVATED, REACTIVATE, ACTIVE, "admin"),
              new Edge<>(14, DEACTIVATED, DELETE, DELETED, "data removed"),
              new Edge<>(15, DEACTIVATED, DELAYED_DELETE, PENDING_DELETE, "when switched on"),
              new Edge<>(16, KILLED, DELETE, DELETED, ""),
              new Edge<>(17, PENDING_DELETE, SCRUB, DELETED, "after scrub time; data removed"),
              new Edge<>(18, QUEUED, BEGIN_STAGE, UPLOADING, "exactly one stage holds the image"),
              new Edge<>(19, UPLOADING, STAGE_FAILED, QUEUED, "or never imported; data discarded"),
              new Edge<>(20, QUEUED, BEGIN_IMPORT, IMPORTING, "exactly one import holds the image"),
              new Edge<>(21, UPLOADING, BEGIN_IMPORT, IMPORTING, "what is staged is imported"),
              new Edge<>(22, IMPORTING, IMPORT_SUCCEEDED, ACTIVE, "size and digests recorded"),
              new Edge<>(23, IMPORTING, IMPORT_FAILED, QUEUED, "or cancelled; data discarded"),
              new Edge<>(24, UPLOADING, DELETE, DELETED, "stage stopped; data discarded"),
              new Edge<>(25, IMPORTING, DELETE, DELETED, "import stopped; data discarded")),
          Set.of(DEACTIVATE, REACTIVATE));

  private ImageLifecycle() {}
}
