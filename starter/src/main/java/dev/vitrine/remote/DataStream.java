package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image's data on its way here. For one thread.
 *
 * @param stream the data from {@code from} on; reading fails if the server is silent for a minute
 * @param from where it begins; 0 also if the server does not know ranges
 * @param total bytes of the whole image; null if the server does not say
 */
public record DataStream(InputStream stream, long from, @Nullable Long total)
    implements AutoCloseable {

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  /** Reads the answer to a request for data from {@code asked} on. */
  static DataStream of(String what, long asked, HttpResponse<?> answer, InputStream body) {
    if (answer.statusCode() == 206) {
      String range = answer.headers().firstValue("Content-Range").orElse("");
      Matcher matcher = CONTENT_RANGE.matcher(range);
      if (!matcher.matches() || Long.parseLong(matcher.group(1)) != asked) {
        close(body);
        throw new Unavailable(
            "%s: asked for bytes %d-, the server gave '%s'".formatted(what, asked, range));
      }
      String total = matcher.group(2);
      return new DataStream(body, asked, total.equals("*") ? null : Long.valueOf(total));
    }
    long length =
        answer.statusCode() == 204
            ? 0
            : answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    return new DataStream(body, 0, length < 0 ? null : length);
  }

  /** Ends it; what was not read is not waited for. */
  @Override
  public void close() {
    close(stream);
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // Nothing of it is wanted any more.
    }
  }
}
