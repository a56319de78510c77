package dev.vitrine.web;

import java.io.IOException;

/** Why there is no answer. Its message names the URL without its query, and is fit for users. */
public final class WebFailure extends IOException {

  private static final long serialVersionUID = 1L;

  /** What it means for another try. */
  public enum Reason {
    /** Nobody may read there: the same until somebody changes a setting. */
    REFUSED,
    /** Who answers can't show that it is who the URL names: the same until somebody mends that. */
    UNTRUSTED,
    /** The name is unknown, or nobody listens: may pass within seconds, and rarely later. */
    UNREACHABLE,
    /** Too slow, or broken off: may pass. */
    BROKEN
  }

  private final Reason reason;

  public WebFailure(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
