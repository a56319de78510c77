package dev.vitrine.http;

import java.util.Map;

/** A refusal that only HTTP knows: a method, a media type, a range. Its message is for the user. */
public final class HttpProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * A refusal.
   *
   * @param status 400 to 599
   * @param headers that go with it
   */
  public HttpProblem(int status, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** A refusal without headers of its own. */
  public HttpProblem(int status, String message) {
    this(status, message, Map.of());
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** What goes with it, {@code Allow} for example. */
  public Map<String, String> headers() {
    return headers;
  }
}
