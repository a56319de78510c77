package dev.vitrine.task;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The query string of a source's URL, where workflows and people meet it: a pre-signed URL's query
 * is a credential. Only the transfer that needs it finds out what it is. One of the two is given.
 *
 * @param stored its id in the registry
 * @param sealed itself, encrypted with a key that whoever starts the workflow shares with the
 *     workers
 */
@Wire
public record HiddenQuery(@Nullable UUID stored, @Nullable String sealed) {

  public HiddenQuery {
    if ((stored == null) == (sealed == null)) {
      throw new Invalid("a hidden query string is either stored or sealed");
    }
  }

  /** Kept in the registry under that id. */
  public static HiddenQuery storedAs(UUID id) {
    return new HiddenQuery(id, null);
  }

  /** Brought along. */
  public static HiddenQuery sealedAs(String text) {
    return new HiddenQuery(null, text);
  }

  /** A source's URL as people may see it: that it has a query string, and not which. */
  public static String shown(String url, @Nullable HiddenQuery query) {
    String bare = without(url);
    return bare.length() == url.length() && query == null ? url : bare + "?…";
  }

  /** A URL without query and fragment. */
  public static String without(String url) {
    int end = url.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = url.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    return url.substring(0, end);
  }
}
