package dev.vitrine.tracing;

import dev.vitrine.thread.LogContext;
import dev.vitrine.thread.LogKey;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span, as it is named to others. Source: W3C Trace Context, section 3.2. Only its ids and
 * whether it is sampled are ever passed on, so that its text has always the same length.
 *
 * @param traceId 32 hexadecimal digits, not all 0
 * @param spanId 16 hexadecimal digits, not all 0
 */
record TraceParent(String traceId, String spanId, boolean sampled) {

  /** Of version 0, or of one to come, which may say more. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:00|(?!ff|00)[0-9a-f]{2}(?=.{53}(?:-|$)))"
              + "-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /** More than the known version's, and less than what would be worth a look. */
  private static final int LONGEST = 256;

  private static final int SAMPLED = 1;

  private static final int HEXADECIMAL = 16;

  /** What a header says; empty if that is nothing, or has another form. */
  static Optional<TraceParent> read(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches() || (text.strip().startsWith("00") && matcher.group(4) != null)) {
      return Optional.empty();
    }
    boolean sampled = (Integer.parseInt(matcher.group(3), HEXADECIMAL) & SAMPLED) == SAMPLED;
    return Optional.of(new TraceParent(matcher.group(1), matcher.group(2), sampled));
  }

  /** The span that this thread works for; null for none. */
  static @Nullable TraceParent current() {
    return read(LogContext.present().get(LogKey.TRACE)).orElse(null);
  }

  /** What the lines of a thread are about that works for it. */
  Map<LogKey, String> about() {
    return Map.of(LogKey.TRACE, text());
  }

  /** In the form of version 0. */
  String text() {
    return "00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00");
  }
}
