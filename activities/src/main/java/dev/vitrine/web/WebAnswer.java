package dev.vitrine.web;

import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * An answer to a request, after all redirects.
 *
 * @param display where it came from, without what may be secret
 * @param status of HTTP
 * @param stream the body, as it comes; whoever closes it, on any thread, ends the connection and a
 *     read that waits
 */
public record WebAnswer(String display, int status, ClassicHttpResponse head, InputStream stream) {

  /** A header's first value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(head.getFirstHeader(name)).map(Header::getValue);
  }
}
