package dev.vitrine.json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as ISO 8601 writes them: a calendar, week or ordinal date, alone or with a time of day, in
 * the basic or the extended form; reduced to the month, the hour or the minute; with a fraction of
 * the smallest part behind a point or a comma; {@code 24:00} for the end of a day, and a leap
 * second; with {@code Z} or an offset, and in UTC without. As RFC 3339 allows, the letters may be
 * small and a space stand for the {@code T}. A space also stands for the plus of an offset, which
 * it becomes in a query that wasn't escaped.
 */
public final class IsoTime {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<date>\\d{4}(?:-\\d\\d(?:-\\d\\d)?|\\d{4}|-?W\\d\\d-?[1-7]|-?\\d{3})?)"
              + "(?:[Tt ](?<hour>\\d\\d)(?::?(?<minute>\\d\\d)(?::?(?<second>\\d\\d))?)?"
              + "(?:[.,](?<fraction>\\d{1,30}))?"
              + "(?:[Zz]|(?<sign>[+\\- \\u2212])(?<offsetHour>\\d\\d)(?::?(?<offsetMinute>\\d\\d))?"
              + ")?)?");

  private static final int DAY = 86_400;
  private static final int HOUR = 3_600;
  private static final int MINUTE = 60;

  private IsoTime() {}

  /**
   * The instant; the first one of what is only a day, a month or a year. Empty if it is no time.
   */
  public static Optional<Instant> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate date = date(form.group("date"));
      Instant midnight = date.atStartOfDay(ZoneOffset.UTC).toInstant();
      return form.group("hour") == null
          ? Optional.of(midnight)
          : timeOfDay(form).map(time -> midnight.plus(time));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static LocalDate date(String text) {
    String digits = text.replace("-", "");
    if (digits.indexOf('W') > 0) {
      String week = digits.substring(0, 7) + "-" + digits.substring(7);
      return LocalDate.parse(week.replace("W", "-W"), DateTimeFormatter.ISO_WEEK_DATE);
    }
    int year = Integer.parseInt(digits.substring(0, 4));
    return switch (digits.length()) {
      case 4 -> LocalDate.of(year, 1, 1);
      case 6 -> LocalDate.of(year, Integer.parseInt(digits.substring(4)), 1);
      case 7 -> LocalDate.ofYearDay(year, Integer.parseInt(digits.substring(4)));
      default -> LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
    };
  }

  /** Since midnight in UTC of the date that is written; empty if there is no such time of day. */
  private static Optional<Duration> timeOfDay(Matcher form) {
    int hour = number(form.group("hour"));
    int minute = number(form.group("minute"));
    int second = number(form.group("second"));
    int offset =
        number(form.group("offsetHour")) * HOUR + number(form.group("offsetMinute")) * MINUTE;
    long time = hour * (long) HOUR + minute * (long) MINUTE + second;
    long seconds = " +".contains(sign(form)) ? time - offset : time + offset;
    long nanos = nanos(form);
    boolean isEndOfDay = hour == 24 && time == DAY && nanos == 0;
    boolean isLeapSecond = second == 60 && Math.floorMod(seconds, DAY) == 0;
    boolean exists =
        (hour < 24 || isEndOfDay)
            && minute < 60
            && (second < 60 || isLeapSecond)
            && offset < DAY
            && number(form.group("offsetMinute")) < 60;
    return exists ? Optional.of(Duration.ofSeconds(seconds, nanos)) : Optional.empty();
  }

  private static String sign(Matcher form) {
    String sign = form.group("sign");
    return sign == null ? "+" : sign;
  }

  /** A fraction of the smallest part that is written. */
  private static long nanos(Matcher form) {
    String fraction = form.group("fraction");
    if (fraction == null) {
      return 0;
    }
    int part = form.group("second") != null ? 1 : form.group("minute") != null ? MINUTE : HOUR;
    return new BigDecimal("0." + fraction)
        .multiply(BigDecimal.valueOf(part))
        .movePointRight(9)
        .setScale(0, RoundingMode.DOWN)
        .longValueExact();
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
