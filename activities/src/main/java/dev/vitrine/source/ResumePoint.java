package dev.vitrine.source;

import org.jspecify.annotations.Nullable;

/**
 * Where a reader wants a source to be opened: at its start, or where an earlier attempt stopped.
 *
 * @param offset bytes that are durable; 0 for all anew
 * @param total bytes of the whole, as the source said then; null if it didn't
 * @param validator as the source gave it then; null if it didn't
 * @param verified whether the whole will be checked against a declared digest
 */
public record ResumePoint(
    long offset, @Nullable Long total, @Nullable String validator, boolean verified) {

  public static final ResumePoint START = new ResumePoint(0, null, null, false);

  /**
   * Whether the source still has what the durable part was read from. Without anything to tell
   * versions apart, parts of two could be joined unnoticed, unless a declared digest tells.
   */
  boolean continues(@Nullable String nowValidator, @Nullable Long nowTotal) {
    boolean sameSize = total == null || nowTotal == null || total.equals(nowTotal);
    return sameSize && (validator == null ? verified : validator.equals(nowValidator));
  }
}
