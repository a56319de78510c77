package dev.vitrine.source;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.web.WebAnswer;
import dev.vitrine.web.WebClient;
import dev.vitrine.web.WebFailure;
import dev.vitrine.web.WebFailure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Data behind an {@code http} or {@code https} URL. Source of the rules: RFC 9110. */
public final class WebSource {

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
  private static final Pattern UNSATISFIED_RANGE = Pattern.compile("bytes \\*/(\\d+)");

  /** Whoever waits for a source that can't be reached is told no later. */
  private static final Duration HOPELESS_AFTER = Duration.ofSeconds(10);

  /** What fits beside the rest into a heartbeat. */
  private static final int CAUSE_BYTES = 1000;

  private final WebClient client;
  private final List<Duration> pauses;
  private final @Nullable Map<String, String> credentials;

  /** With a client of its own, which keeps to the settings. */
  public WebSource(SourceConfig config) {
    this(
        new WebClient(config.web(), config.connectTimeout(), config.readTimeout(), null),
        config.web().pauses());
  }

  /**
   * @param pauses between the tries to reach a source
   */
  WebSource(WebClient client, List<Duration> pauses) {
    this(client, pauses, null);
  }

  private WebSource(
      WebClient client, List<Duration> pauses, @Nullable Map<String, String> credentials) {
    this.client = client;
    this.pauses = pauses;
    this.credentials = credentials;
  }

  /**
   * Opens the URL where the last attempt stopped, if the source still has the same data there and
   * can; else from the beginning. What can't be reached is tried a few times; it may only be
   * starting. After that it is hopeless, unless it has given data before.
   *
   * @param display the URL without what may be secret
   * @param waiting ends the waiting, and is told what is waited for between the tries
   * @throws SourceUnusable if it will not give the data
   * @throws Unavailable if it may later
   */
  public OpenSource open(String url, String display, ResumePoint from, Waiting waiting)
      throws InterruptedException {
    try {
      return patiently(url, display, from, waiting);
    } finally {
      waiting.waitsFor(null);
    }
  }

  /**
   * The same from a service that takes a token, which no redirect leads to anybody else.
   *
   * @param headers what it is asked with
   */
  OpenSource open(
      String url, String display, Map<String, String> headers, ResumePoint from, Waiting waiting)
      throws InterruptedException {
    return new WebSource(client, pauses, headers).open(url, display, from, waiting);
  }

  private OpenSource patiently(String url, String display, ResumePoint from, Waiting waiting)
      throws InterruptedException {
    long began = System.nanoTime();
    for (int tries = 1; ; tries++) {
      try {
        return once(url, display, from, waiting);
      } catch (WebFailure e) {
        if (e.reason() != Reason.UNREACHABLE || from.offset() > 0) {
          throw failure(e);
        }
        Duration pause = tries > pauses.size() ? HOPELESS_AFTER : pauses.get(tries - 1);
        Duration passed = Duration.ofNanos(System.nanoTime() - began).plus(pause);
        if (passed.compareTo(HOPELESS_AFTER) >= 0) {
          throw new SourceUnusable(
              "%s, tried %d times; check the address".formatted(e.getMessage(), tries));
        }
        waiting.waitsFor(retrying(e, tries, pause));
        // Interrupted when the attempt is over.
        Thread.sleep(pause.toMillis());
        waiting.blocksOn(null);
      }
    }
  }

  private String retrying(WebFailure e, int tries, Duration pause) {
    return "try %d of %d failed: %s; next try about %s"
        .formatted(
            tries,
            pauses.size() + 1,
            Excerpt.of(String.valueOf(e.getMessage()), CAUSE_BYTES),
            Instant.now().plus(pause).truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * The same for somebody who waits for the data itself: tried once.
   *
   * @throws Unavailable if it can't be reached
   */
  public OpenSource openOnce(String url, String display, ResumePoint from)
      throws InterruptedException {
    return openOnce(url, display, from, Waiting.UNWATCHED);
  }

  /** The same, whose waiting can be ended. */
  public OpenSource openOnce(String url, String display, ResumePoint from, Waiting waiting)
      throws InterruptedException {
    try {
      return once(url, display, from, waiting);
    } catch (WebFailure e) {
      throw failure(e);
    }
  }

  private OpenSource once(String url, String display, ResumePoint from, Waiting waiting)
      throws WebFailure, InterruptedException {
    boolean resume = from.offset() > 0 && (from.validator() != null || from.continues(null, null));
    if (!resume) {
      return whole(send(url, display, null, waiting));
    }
    WebAnswer answer = send(url, display, from, waiting);
    OpenSource rest = rest(answer, from);
    if (rest != null) {
      return rest;
    }
    if (answer.status() == 206 || answer.status() == 416) {
      close(answer);
      answer = send(url, display, null, waiting);
    }
    return whole(answer);
  }

  private WebAnswer send(String url, String display, @Nullable ResumePoint from, Waiting waiting)
      throws WebFailure, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept-Encoding", "identity");
    if (from != null) {
      headers.put("Range", "bytes=%d-".formatted(from.offset()));
      if (from.validator() != null) {
        headers.put("If-Range", from.validator());
      }
    }
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      // Its message repeats the URL.
      throw new SourceUnusable(display + " is not a URL");
    }
    if (credentials == null) {
      return client.get(uri, display, headers, waiting::blocksOn);
    }
    headers.putAll(credentials);
    return client.getThere(uri, display, headers, waiting::blocksOn);
  }

  private static VitrineException failure(WebFailure e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case REFUSED, UNTRUSTED -> new SourceUnusable(message);
      case UNREACHABLE, BROKEN -> new Unavailable(message);
    };
  }

  /** The whole data, or the error that the answer means. */
  private static OpenSource whole(WebAnswer answer) {
    int status = answer.status();
    if (status != 200 && status != 203) {
      close(answer);
      throw refused(answer.display(), status);
    }
    return opened(answer, 0, length(answer), validator(answer));
  }

  private static VitrineException refused(String display, int status) {
    String message = "%s answered %d".formatted(display, status);
    boolean passing = status >= 500 || status == 408 || status == 425 || status == 429;
    return passing
        ? new Unavailable(message)
        : new SourceUnusable(message + "; check the address and that it may be read");
  }

  /** The data from where the last attempt stopped; null if the answer is something else. */
  private static @Nullable OpenSource rest(WebAnswer answer, ResumePoint from) {
    String range = answer.header("Content-Range").orElse("");
    if (answer.status() == 206) {
      Matcher matcher = CONTENT_RANGE.matcher(range);
      if (matcher.matches() && matcher.group(1).equals(Long.toString(from.offset()))) {
        Long total = matcher.group(3).equals("*") ? null : number(matcher.group(3));
        String now = validator(answer);
        // An answer may leave the validator out: If-Range has compared it already.
        if (from.continues(now == null ? from.validator() : now, total)) {
          return opened(answer, from.offset(), total, from.validator());
        }
      }
    }
    if (answer.status() == 416) {
      Matcher matcher = UNSATISFIED_RANGE.matcher(range);
      // Nothing comes after what is there: the last attempt stopped at the very end.
      if (matcher.matches() && matcher.group(1).equals(Long.toString(from.offset()))) {
        close(answer);
        return new OpenSource(
            answer.display(),
            new ByteArrayInputStream(new byte[0]),
            from.offset(),
            from.offset(),
            from.validator(),
            true);
      }
    }
    return null;
  }

  private static OpenSource opened(
      WebAnswer answer, long offset, @Nullable Long size, @Nullable String validator) {
    return new OpenSource(answer.display(), answer.stream(), offset, size, validator, true);
  }

  /**
   * The entity tag, if it is a strong one; else the modification date, unless the data may have
   * changed again within the second it names.
   */
  private static @Nullable String validator(WebAnswer answer) {
    Optional<String> tag = answer.header("ETag").filter(t -> t.startsWith("\""));
    if (tag.isPresent()) {
      return tag.get();
    }
    String modified = answer.header("Last-Modified").orElse(null);
    ZonedDateTime modifiedAt = date(modified);
    ZonedDateTime sentAt = date(answer.header("Date").orElse(null));
    boolean strong =
        modifiedAt != null && (sentAt == null || !modifiedAt.plusSeconds(1).isAfter(sentAt));
    return strong ? modified : null;
  }

  private static @Nullable ZonedDateTime date(@Nullable String header) {
    try {
      return header == null
          ? null
          : ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Long length(WebAnswer answer) {
    return answer.header("Content-Length").map(WebSource::number).orElse(null);
  }

  private static @Nullable Long number(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static void close(WebAnswer answer) {
    try {
      answer.stream().close();
    } catch (IOException e) {
      // Its data isn't wanted.
    }
  }
}
