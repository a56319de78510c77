package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Unavailable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The things of a list, fetched page by page as they are asked for.
 *
 * @param <T> what is listed
 */
final class PageIterator<T> implements Iterator<T> {

  private final ApiRequests requests;
  private final String path;
  private final String key;
  private final Function<Map<String, @Nullable Object>, T> read;
  private final Deque<T> fetched = new ArrayDeque<>();
  private @Nullable String query;

  /**
   * @param path of the list
   * @param query of the first page, without the question mark
   * @param key the list's name in the answer
   */
  PageIterator(
      ApiRequests requests,
      String path,
      String query,
      String key,
      Function<Map<String, @Nullable Object>, T> read) {
    this.requests = requests;
    this.path = path;
    this.query = query;
    this.key = key;
    this.read = read;
  }

  Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (fetched.isEmpty() && query != null) {
      fetch(query);
    }
    return !fetched.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return fetched.remove();
  }

  private void fetch(String asked) {
    Map<String, @Nullable Object> page =
        requests.json(ApiCall.get("list of " + key, asked.isEmpty() ? path : path + "?" + asked));
    List<T> found = JsonMaps.objects(page, key).stream().map(read).toList();
    fetched.addAll(found);
    // Only its query counts: behind a proxy, a server does not know the path that leads to it.
    String next = JsonFields.text(page, "next");
    int mark = next == null ? -1 : next.indexOf('?');
    query = next == null || mark < 0 ? null : next.substring(mark + 1);
    if (query != null && (query.equals(asked) || found.isEmpty())) {
      throw new Unavailable(
          "list of %s: the server's next page is the same one again".formatted(key));
    }
  }
}
