package dev.vitrine.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.activity.Source;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageField;
import dev.vitrine.json.JsonMappers;
import dev.vitrine.registry.HiddenQueries;
import dev.vitrine.registry.ImportedDescription;
import dev.vitrine.web.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Images of other regions, by their Glance's own API, with the token of whoever asked for the
 * import. Source: Glance's import method {@code glance-download}.
 */
public final class RegionSource {

  /** More than an image's metadata has anywhere. */
  private static final int LONGEST = 1 << 20;

  private final Regions regions;
  private final HiddenQueries tokens;
  private final @Nullable WebSource web;

  /**
   * What another region says of an image.
   *
   * @param image what the image that is imported gets of it
   * @param data what the data is
   */
  public record Described(ImportedDescription image, ExpectedData data) {}

  /**
   * @param tokens asked for what workflows do not carry
   */
  public RegionSource(SourceConfig config, HiddenQueries tokens) {
    this.regions = config.regions();
    this.tokens = tokens;
    this.web = regions.endpoints().isEmpty() ? null : web(config);
  }

  /** With connections of its own, which processes that know no region do without. */
  private static WebSource web(SourceConfig config) {
    return new WebSource(
        new WebClient(
            config.regions().access(), config.connectTimeout(), config.readTimeout(), null),
        config.web().pauses());
  }

  /**
   * Asks what the image is.
   *
   * @throws SourceUnusable if it is none that could be imported, or may not be read
   * @throws Unavailable if nobody can say so now
   */
  public Described describe(Source.OfRegion source, Waiting waiting) throws InterruptedException {
    OpenSource answer = open(source, "", ResumePoint.START, waiting);
    byte[] text;
    try (InputStream in = answer.stream()) {
      text = in.readNBytes(LONGEST + 1);
    } catch (IOException e) {
      throw VitrineException.because(
          e, new Unavailable("%s: the answer broke off".formatted(source.display())));
    }
    if (text.length > LONGEST) {
      throw unusable(source, "its description has more than %d bytes".formatted(LONGEST));
    }
    return described(source, json(source, text));
  }

  /**
   * Opens its data.
   *
   * @throws SourceUnusable if it may not be read
   * @throws Unavailable if it can't be now
   */
  public OpenSource open(Source.OfRegion source, ResumePoint from, Waiting waiting)
      throws InterruptedException {
    return open(source, "/file", from, waiting);
  }

  private OpenSource open(Source.OfRegion source, String part, ResumePoint from, Waiting waiting)
      throws InterruptedException {
    URI endpoint = regions.endpoints().get(source.region());
    if (endpoint == null || web == null) {
      throw unusable(source, "this worker knows no such region; see the setting imports.regions");
    }
    String token =
        source.token() == null
            ? null
            : tokens.reveal(
                Source.OfRegion.sealed(source.region(), source.imageId().toString()),
                source.token());
    return web.open(
        "%s/v2/images/%s%s".formatted(endpoint, source.imageId(), part),
        source.display(),
        token == null ? Map.of() : Map.of("X-Auth-Token", token),
        from,
        waiting);
  }

  private static JsonNode json(Source.OfRegion source, byte[] text) {
    try {
      return JsonMappers.plain().readTree(text);
    } catch (JsonProcessingException e) {
      throw VitrineException.because(e, unusable(source, "its description is no JSON"));
    } catch (IOException e) {
      throw VitrineException.because(e, unusable(source, "its description can't be read"));
    }
  }

  private Described described(Source.OfRegion source, JsonNode image) {
    String status = image.path("status").asText();
    if (!status.equals("active")) {
      throw unusable(
          source, "it is %s there, and has to be active".formatted(Excerpt.value(status)));
    }
    Map<String, String> properties = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : image.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (comesAlong(name) && value.isTextual() && ImageField.isShown(name, value.textValue())) {
        properties.put(name, value.textValue());
      }
    }
    return new Described(
        new ImportedDescription(
            format(source, image, "disk_format"),
            format(source, image, "container_format"),
            properties),
        data(source, image));
  }

  private boolean comesAlong(String name) {
    return regions.properties().stream().anyMatch(name::startsWith);
  }

  private static String format(Source.OfRegion source, JsonNode image, String field) {
    if (!image.path(field).isTextual()) {
      throw unusable(source, "it has no %s there".formatted(field));
    }
    return image.get(field).textValue();
  }

  private static ExpectedData data(Source.OfRegion source, JsonNode image) {
    if (!image.path("size").canConvertToLong()) {
      throw unusable(source, "it has no size there");
    }
    boolean comparable = ImageData.HASH_ALGO.equals(image.path("os_hash_algo").asText());
    try {
      return new ExpectedData(
          image.get("size").longValue(),
          text(image, "checksum"),
          comparable ? text(image, "os_hash_value") : null);
    } catch (Invalid e) {
      throw VitrineException.because(e, unusable(source, e.getMessage()));
    }
  }

  private static @Nullable String text(JsonNode image, String field) {
    return image.path(field).textValue();
  }

  private static SourceUnusable unusable(Source.OfRegion source, @Nullable String why) {
    return new SourceUnusable("%s: %s".formatted(source.display(), why));
  }
}
