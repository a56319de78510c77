package dev.vitrine.auth;

import dev.vitrine.error.VitrineException.Unauthenticated;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What of a request tells who sends it. */
public interface RequestHead {

  /**
   * The values of a header, one for each time that it was sent, in order and not split at commas.
   *
   * @param name in any case of letters
   */
  List<String> headers(String name);

  /** Who is at the other end of the connection, a proxy if there is one; no header decides it. */
  InetAddress peer();

  /**
   * The value of a header that may be there once.
   *
   * @return empty also if it is blank
   * @throws Unauthenticated if it is there more often: a proxy that adds to what its caller sent,
   *     and doesn't replace it, would otherwise vouch for anything
   */
  default Optional<String> header(String name) {
    List<String> values = headers(name);
    if (values.size() > 1) {
      throw new Unauthenticated(
          "the header %s is there %d times; send it once".formatted(name, values.size()));
    }
    return values.stream().map(String::strip).filter(value -> !value.isEmpty()).findFirst();
  }
}
