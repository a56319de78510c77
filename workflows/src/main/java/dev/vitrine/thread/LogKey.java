package dev.vitrine.thread;

/** What a line of the log can be about, in the order in which it is shown. */
public enum LogKey {
  REQUEST("request"),
  TASK("task"),
  IMAGE("image"),
  WORKFLOW("workflow"),

  /** The span that the work belongs to, where there are traces. Source: W3C Trace Context. */
  TRACE("traceparent");

  private final String mdc;

  LogKey(String mdc) {
    this.mdc = mdc;
  }

  /** The key in slf4j's MDC. */
  public String mdc() {
    return mdc;
  }
}
