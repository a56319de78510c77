package dev.vitrine.http;

/**
 * What answers a route. Called by many threads at once; what it throws becomes an error's answer.
 */
public sealed interface Endpoint {

  /** Is called once its body, if there is one, has been read. */
  @FunctionalInterface
  non-sealed interface Whole extends Endpoint {
    Answer answer(Call call);
  }

  /**
   * Reads the body itself or writes the answer bit by bit. It returns soon, and answers by {@link
   * Exchange#answer} then or later, on any thread, exactly once.
   */
  @FunctionalInterface
  non-sealed interface Streaming extends Endpoint {
    void serve(Call call, Exchange exchange);
  }
}
