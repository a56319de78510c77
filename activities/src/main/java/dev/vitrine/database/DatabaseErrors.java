package dev.vitrine.database;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.ConnectionException;

/** What an error of the database means to callers. No message has credentials in it. */
record DatabaseErrors(DatabaseConfig config, Dialect dialect) {

  /** The error to throw instead; the same one if it is a fault of the program. */
  RuntimeException translate(RuntimeException error) {
    if (error instanceof VitrineException) {
      return error;
    }
    if (find(error, dialect::isTimeout).isPresent()) {
      return caused(
          error,
          new Unavailable(
              "the registry found no answer within %d s, for no index leads to what was asked; ask"
                      .formatted(UncachedStatement.LIMIT.toSeconds())
                  + " for less, or with filters that are more exact and fewer sort keys"));
    }
    Optional<SQLException> unavailable =
        find(error, sql -> error instanceof ConnectionException || dialect.isUnavailable(sql));
    if (unavailable.isPresent()) {
      return caused(
          error,
          new Unavailable(
              "the registry at %s does not answer: %s; it is asked again later, and the"
                      .formatted(config.displayUrl(), text(unavailable.get()))
                  + " operator should see whether it runs"));
    }
    Optional<SQLException> refused = find(error, dialect::isRefusedValue);
    if (refused.isPresent()) {
      return caused(
          error, new Invalid("the registry can't keep a value: %s".formatted(text(refused.get()))));
    }
    return error;
  }

  /** Whether the transaction should be run again at once. */
  boolean isLostRace(RuntimeException error) {
    return error instanceof LostRace || find(error, dialect::isLostRace).isPresent();
  }

  /** The message of an error, fit to be shown. */
  String text(Throwable error) {
    String message = String.valueOf(error.getMessage()).replace(config.url(), config.displayUrl());
    String password = config.password();
    return (password == null || password.isEmpty() ? message : message.replace(password, "***"))
        .lines()
        .findFirst()
        .orElse("");
  }

  private static Optional<SQLException> find(Throwable error, Predicate<SQLException> wanted) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && wanted.test(sql)) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  private static RuntimeException caused(Throwable cause, RuntimeException error) {
    error.initCause(cause);
    return error;
  }
}
