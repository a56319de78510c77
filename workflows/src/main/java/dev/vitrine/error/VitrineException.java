package dev.vitrine.error;

/**
 * An error of Vitrine's own making. Its message says what failed, on which id, with which values,
 * and what to do; it is fit to be shown to a user, and cut where it is longer than {@link
 * Excerpt#MESSAGE}.
 *
 * <p>Every kind but {@link Unavailable} is permanent: the same call fails again until something
 * else changes.
 */
public abstract sealed class VitrineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  private VitrineException(ErrorKind kind, String message) {
    super(Excerpt.message(message));
    this.kind = kind;
  }

  /**
   * The error, with what caused it for the logs of this process: nobody else is shown a cause, and
   * no failure of Temporal's has it. For errors that have none so far.
   */
  public static <E extends VitrineException> E because(Throwable cause, E error) {
    error.initCause(cause);
    return error;
  }

  /** Whether the same call may succeed later with nothing else changed. */
  public boolean isTransient() {
    return kind == ErrorKind.UNAVAILABLE;
  }

  /** The kind, for whoever has to tell them all apart. */
  public ErrorKind kind() {
    return kind;
  }

  /** There is no such thing, or the caller may not know of it. */
  public static final class NotFound extends VitrineException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(ErrorKind.NOT_FOUND, message);
    }
  }

  /** The present status, or another process that holds the thing, does not allow it. */
  public static final class Conflict extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(ErrorKind.CONFLICT, message);
    }
  }

  /** An idempotency key was given with another request before. */
  public static final class KeyReused extends VitrineException {
    private static final long serialVersionUID = 1L;

    public KeyReused(String message) {
      super(ErrorKind.KEY_REUSED, message);
    }
  }

  /** The caller may know of the thing but not do this with it. */
  public static final class Forbidden extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Forbidden(String message) {
      super(ErrorKind.FORBIDDEN, message);
    }
  }

  /** It is not known who the caller is, or what they show for it is not accepted. */
  public static final class Unauthenticated extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Unauthenticated(String message) {
      super(ErrorKind.UNAUTHENTICATED, message);
    }
  }

  /** The request itself is wrong. */
  public static final class Invalid extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Invalid(String message) {
      super(ErrorKind.INVALID, message);
    }
  }

  /** The data exceeds a limit. */
  public static final class TooLarge extends VitrineException {
    private static final long serialVersionUID = 1L;

    public TooLarge(String message) {
      super(ErrorKind.TOO_LARGE, message);
    }
  }

  /** The data is not what was declared: its size or a digest differs. */
  public static final class DataMismatch extends VitrineException {
    private static final long serialVersionUID = 1L;

    public DataMismatch(String message) {
      super(ErrorKind.DATA_MISMATCH, message);
    }
  }

  /** The data is of another disk format than was declared, or nothing that anybody should open. */
  public static final class FormatRefused extends VitrineException {
    private static final long serialVersionUID = 1L;

    public FormatRefused(String message) {
      super(ErrorKind.FORMAT_REFUSED, message);
    }
  }

  /** The source says that it will not give the data: it is gone, or refused. */
  public static final class SourceUnusable extends VitrineException {
    private static final long serialVersionUID = 1L;

    public SourceUnusable(String message) {
      super(ErrorKind.SOURCE_UNUSABLE, message);
    }
  }

  /** The store has no room for the data. */
  public static final class StorageFull extends VitrineException {
    private static final long serialVersionUID = 1L;

    public StorageFull(String message) {
      super(ErrorKind.STORAGE_FULL, message);
    }
  }

  /** Something that is needed does not answer at present: a source, a store, the registry. */
  public static final class Unavailable extends VitrineException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(ErrorKind.UNAVAILABLE, message);
    }
  }

  /** It was tried again and again without progress; the message has the last cause. */
  public static final class GaveUp extends VitrineException {
    private static final long serialVersionUID = 1L;

    public GaveUp(String message) {
      super(ErrorKind.GAVE_UP, message);
    }
  }
}
