package dev.vitrine.error;

/**
 * An error of Vitrine's own making. Its message says what failed, on which id, with which values,
 * and what to do; it is fit to be shown to a user.
 *
 * <p>Every kind but {@link Unavailable} is permanent: the same call fails again until something
 * else changes.
 */
public abstract sealed class VitrineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private VitrineException(String message) {
    super(message);
  }

  /** Whether the same call may succeed later with nothing else changed. */
  public boolean isTransient() {
    return this instanceof Unavailable;
  }

  /** The kind's name: the type of the Temporal failure, and a word for {@code --json}. */
  public String kind() {
    return getClass().getSimpleName();
  }

  /** There is no such thing, or the caller may not know of it. */
  public static final class NotFound extends VitrineException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message);
    }
  }

  /** The present status, or another process that holds the thing, does not allow it. */
  public static final class Conflict extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }

  /** An idempotency key was given with another request before. */
  public static final class KeyReused extends VitrineException {
    private static final long serialVersionUID = 1L;

    public KeyReused(String message) {
      super(message);
    }
  }

  /** The caller may know of the thing but not do this with it. */
  public static final class Forbidden extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Forbidden(String message) {
      super(message);
    }
  }

  /** It is not known who the caller is, or what they show for it is not accepted. */
  public static final class Unauthenticated extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Unauthenticated(String message) {
      super(message);
    }
  }

  /** The request itself is wrong. */
  public static final class Invalid extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Invalid(String message) {
      super(message);
    }
  }

  /** The data exceeds a limit. */
  public static final class TooLarge extends VitrineException {
    private static final long serialVersionUID = 1L;

    public TooLarge(String message) {
      super(message);
    }
  }

  /** The data is not what was declared: its size or a digest differs. */
  public static final class DataMismatch extends VitrineException {
    private static final long serialVersionUID = 1L;

    public DataMismatch(String message) {
      super(message);
    }
  }

  /** The source says that it will not give the data: it is gone, or refused. */
  public static final class SourceUnusable extends VitrineException {
    private static final long serialVersionUID = 1L;

    public SourceUnusable(String message) {
      super(message);
    }
  }

  /** The store has no room for the data. */
  public static final class StorageFull extends VitrineException {
    private static final long serialVersionUID = 1L;

    public StorageFull(String message) {
      super(message);
    }
  }

  /** Something that is needed does not answer at present: a source, a store, the registry. */
  public static final class Unavailable extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }
  }

  /** It was tried again and again without progress; the message has the last cause. */
  public static final class GaveUp extends VitrineException {
    private static final long serialVersionUID = 1L;

    public GaveUp(String message) {
      super(message);
    }
  }
}
