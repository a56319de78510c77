package dev.vitrine.transfer;

/** Where a task exports an image to. */
interface ExportTarget extends Target {

  /** Removes what the task left unfinished and what it published, and nothing else. */
  void discard();
}
