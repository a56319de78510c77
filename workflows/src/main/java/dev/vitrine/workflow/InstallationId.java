package dev.vitrine.workflow;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.regex.Pattern;

/**
 * Tells the installations apart that share a namespace: part of task queues, of the Schedule's id
 * and of the reconciliation's workflow ids. Made once, and kept in the installation's registry.
 *
 * @param value 4 to 32 lower-case letters and digits, which are safe in every id and query
 */
public record InstallationId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9]{4,32}");

  public InstallationId {
    if (!FORM.matcher(value).matches()) {
      throw new Invalid(
          "'%s' is no installation's id: 4 to 32 lower-case letters and digits; a worker logs its own at start"
              .formatted(value.length() > 64 ? value.substring(0, 64) + "…" : value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
