package dev.vitrine.image;

/** What can happen to an image's status. */
public enum ImageEvent {
  CREATE("create"),
  CREATE_EMPTY("create with size 0"),
  ADD_LOCATION("add first location"),
  BEGIN_UPLOAD("begin upload"),
  UPLOAD_SUCCEEDED("upload succeeded"),
  UPLOAD_KILLED("upload failed (kill)"),
  UPLOAD_REQUEUED("upload failed (requeue)"),
  BEGIN_STAGE("begin stage"),
  STAGE_FAILED("stage failed"),
  BEGIN_IMPORT("begin import"),
  IMPORT_SUCCEEDED("import succeeded"),
  IMPORT_FAILED("import failed"),
  DELETE("delete"),
  DELAYED_DELETE("delayed delete"),
  DEACTIVATE("deactivate"),
  REACTIVATE("reactivate"),
  SCRUB("scrub");

  private final String phrase;

  ImageEvent(String phrase) {
    this.phrase = phrase;
  }

  /** The event as people read it. */
  @Override
  public String toString() {
    return phrase;
  }
}
