package dev.vitrine.error;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.GaveUp;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.KeyReused;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of {@link VitrineException}. Their names on the wire are the types of Temporal's
 * failures and the words of {@code --json}: running workflows hold them, so that none ever changes.
 */
public enum ErrorKind {
  NOT_FOUND("NotFound", NotFound::new),
  CONFLICT("Conflict", Conflict::new),
  KEY_REUSED("KeyReused", KeyReused::new),
  FORBIDDEN("Forbidden", Forbidden::new),
  UNAUTHENTICATED("Unauthenticated", Unauthenticated::new),
  INVALID("Invalid", Invalid::new),
  TOO_LARGE("TooLarge", TooLarge::new),
  DATA_MISMATCH("DataMismatch", DataMismatch::new),
  FORMAT_REFUSED("FormatRefused", FormatRefused::new),
  SOURCE_UNUSABLE("SourceUnusable", SourceUnusable::new),
  STORAGE_FULL("StorageFull", StorageFull::new),
  UNAVAILABLE("Unavailable", Unavailable::new),
  GAVE_UP("GaveUp", GaveUp::new);

  private final String wireName;

  @SuppressWarnings("ImmutableEnumChecker") // Constructors keep no state.
  private final Function<String, VitrineException> maker;

  ErrorKind(String wireName, Function<String, VitrineException> maker) {
    this.wireName = wireName;
    this.maker = maker;
  }

  /** The type of a Temporal failure of this kind. */
  public String wireName() {
    return wireName;
  }

  /** An error of this kind. */
  public VitrineException error(String message) {
    return maker.apply(message);
  }

  /** The reverse of {@link #wireName}; empty for what is not Vitrine's, or a newer version's. */
  public static Optional<ErrorKind> of(@Nullable String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
  }
}
