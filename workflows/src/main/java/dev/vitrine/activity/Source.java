package dev.vitrine.activity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import dev.vitrine.task.HiddenQuery;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the data of an upload comes from: a reference, never the bytes or a credential. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Source.Url.class, name = "url"),
  @JsonSubTypes.Type(value = Source.OfImage.class, name = "image"),
  @JsonSubTypes.Type(value = Source.OfLocation.class, name = "location"),
  @JsonSubTypes.Type(value = Source.OfRegion.class, name = "region"),
  @JsonSubTypes.Type(value = Source.HeldStream.class, name = "stream")
})
public sealed interface Source {

  /**
   * Data that any transfer worker can pull.
   *
   * @param url {@code http}, {@code https}, or {@code file} below one of the worker's source roots;
   *     without user information, which would be a credential in a workflow's history. What starts
   *     a workflow takes its query string out; in executions of older releases it is still there
   * @param query its query string, if that was taken out
   */
  @Wire
  record Url(String url, @Nullable HiddenQuery query) implements Source {

    /** Named as people write it. */
    public Url(String url) {
      this(url, null);
    }

    public Url {
      URI uri;
      String shown = HiddenQuery.shown(url, query);
      try {
        uri = new URI(url);
      } catch (URISyntaxException e) {
        // Its message repeats all of the text.
        throw new Invalid(
            "source '%s' is not a URL: %s at character %d"
                .formatted(shown, e.getReason(), e.getIndex() + 1));
      }
      String scheme = String.valueOf(uri.getScheme());
      boolean web = isWeb(scheme);
      if (!web && !scheme.equalsIgnoreCase("file")) {
        throw new Invalid("source '%s': give an http, https or file URL".formatted(shown));
      }
      if (web && uri.getHost() == null) {
        throw new Invalid("source '%s' names no host".formatted(shown));
      }
      if (uri.getRawUserInfo() != null) {
        throw new Invalid(
            "the source at %s has user information in its URL; credentials don't belong there"
                .formatted(uri.getHost()));
      }
    }

    /** Whether it is on the web, and not a file. */
    @JsonIgnore
    public boolean isWeb() {
      return isWeb(String.valueOf(URI.create(url).getScheme()));
    }

    private static boolean isWeb(String scheme) {
      return scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    }

    @Override
    public String display() {
      return HiddenQuery.shown(url, query);
    }
  }

  /** Another image's data. */
  @Wire
  record OfImage(UUID imageId) implements Source {

    @Override
    public String display() {
      return "image " + imageId;
    }
  }

  /**
   * The data of an image in one place, which is complete and measured there: what is staged for an
   * import, or one of the copies of an image. Read on behalf of whoever moves the image's own data.
   *
   * @param store where it is, for people
   */
  @Wire
  record OfLocation(UUID imageId, UUID locationId, String store) implements Source {

    @Override
    public String display() {
      return "image %s in store %s".formatted(imageId, store);
    }
  }

  /**
   * An image of the Glance of another region, whose address the workers know.
   *
   * @param token as whom it is read; null for nobody
   */
  @Wire
  record OfRegion(String region, UUID imageId, @Nullable HiddenQuery token) implements Source {

    /** What a token is sealed with, so that no other source gets it. */
    public static String sealed(String region, String imageId) {
      return "glance-download/%s/%s".formatted(region, imageId);
    }

    @Override
    public String display() {
      return "image %s of region %s".formatted(imageId, region);
    }
  }

  /**
   * A stream that a process holds; only that process can transfer it, and only once.
   *
   * @param taskQueue the process's own task queue
   * @param handle its name for the stream
   */
  @Wire
  record HeldStream(String taskQueue, String handle) implements Source {

    @Override
    public String display() {
      return "a stream held by " + taskQueue;
    }
  }

  /** The source in a few words, fit for the Web UI: no query strings, which may hold secrets. */
  String display();
}
