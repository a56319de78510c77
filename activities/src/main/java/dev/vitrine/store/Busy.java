package dev.vitrine.store;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;

/**
 * Why a writer could not be opened: another one is at work on the same data, in this process or
 * another. It ends soon, unlike a store that is down: the cause of an {@code Unavailable}.
 */
public final class Busy extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private Busy() {
    super(null, null, false, false);
  }

  /** The error that says so. */
  public static Unavailable error(String message) {
    return VitrineException.because(new Busy(), new Unavailable(message));
  }

  /** Whether that is what an error says. */
  public static boolean isCauseOf(Throwable error) {
    return error.getCause() instanceof Busy;
  }
}
