package dev.vitrine.access;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One cell of the table as an operator wants it, written {@code allow download to reader of owner}.
 *
 * @param allowed whether the cell allows the operation from now on
 */
public record PermissionChange(boolean allowed, ImageOperation operation, PermissionCell cell) {

  private static final String FORM = "allow OPERATION to ROLE of RELATION, or deny …";
  private static final Pattern TEXT =
      Pattern.compile("(allow|deny)\\s+(\\S+)\\s+to\\s+(.+)", Pattern.CASE_INSENSITIVE);

  public PermissionChange {
    if (!operation.relations().contains(cell.relation())) {
      throw new Invalid(
          "%s has no cell '%s'; it has those of %s"
              .formatted(
                  operation.word(),
                  cell,
                  operation.relations().stream()
                      .map(Lifecycle::word)
                      .collect(Collectors.joining(", "))));
    }
  }

  /**
   * From its text.
   *
   * @throws Invalid if it is none, saying what there is
   */
  public static PermissionChange of(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      throw new Invalid("'%s': give %s".formatted(text, FORM));
    }
    ImageOperation operation =
        ImageOperation.named(parts.group(2))
            .orElseThrow(
                () ->
                    new Invalid(
                        "operation '%s': give one of %s"
                            .formatted(
                                parts.group(2),
                                Arrays.stream(ImageOperation.values())
                                    .map(ImageOperation::word)
                                    .collect(Collectors.joining(", ")))));
    return new PermissionChange(
        parts.group(1).equalsIgnoreCase("allow"), operation, PermissionCell.of(parts.group(3)));
  }

  /** As it is written. */
  @Override
  public String toString() {
    return "%s %s to %s".formatted(allowed ? "allow" : "deny", operation.word(), cell);
  }
}
