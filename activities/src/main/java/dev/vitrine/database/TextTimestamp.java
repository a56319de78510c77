package dev.vitrine.database;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Moments as text, {@code 2026-11-26T16:35:43.000000Z}: in the order of time, and always of the
 * same length. Written out by hand because each row of an image has up to four, and {@link
 * DateTimeFormatter} takes as long for one as the database for the row.
 */
final class TextTimestamp {

  private static final DateTimeFormatter ANY_YEAR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String FORM = "0000-00-00T00:00:00.000000Z";
  private static final int NANOS_OF_MICRO = 1_000;

  private TextTimestamp() {}

  /** The moment to the microsecond; what is smaller is cut off. */
  static String write(Instant at) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > 9999) {
      return ANY_YEAR.format(at);
    }
    char[] text = FORM.toCharArray();
    digits(text, 0, 4, utc.getYear());
    digits(text, 5, 2, utc.getMonthValue());
    digits(text, 8, 2, utc.getDayOfMonth());
    digits(text, 11, 2, utc.getHour());
    digits(text, 14, 2, utc.getMinute());
    digits(text, 17, 2, utc.getSecond());
    digits(text, 20, 6, at.getNano() / NANOS_OF_MICRO);
    return new String(text);
  }

  /**
   * What {@link #write} has written, or any other text of a moment.
   *
   * @throws java.time.DateTimeException if it is none
   */
  static Instant read(String text) {
    if (!isOfForm(text)) {
      return Instant.parse(text);
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 2),
            number(text, 8, 2),
            number(text, 11, 2),
            number(text, 14, 2),
            number(text, 17, 2))
        .toInstant(ZoneOffset.UTC)
        .with(ChronoField.MICRO_OF_SECOND, number(text, 20, 6));
  }

  private static boolean isOfForm(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int index = 0; index < text.length(); index++) {
      char at = text.charAt(index);
      char wanted = FORM.charAt(index);
      if (wanted == '0' ? at < '0' || at > '9' : at != wanted) {
        return false;
      }
    }
    return true;
  }

  private static void digits(char[] text, int from, int count, int number) {
    int left = number;
    for (int index = from + count - 1; index >= from; index--) {
      text[index] = (char) ('0' + left % 10);
      left /= 10;
    }
  }

  private static int number(String text, int from, int count) {
    int number = 0;
    for (int index = from; index < from + count; index++) {
      number = number * 10 + text.charAt(index) - '0';
    }
    return number;
  }
}
