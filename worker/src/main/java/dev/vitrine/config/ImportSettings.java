package dev.vitrine.config;

import dev.vitrine.access.Role;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.source.Regions;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Imports into images.
 *
 * @param methods the ways to import; none for no imports at all
 * @param stagingTime how long staged data waits for its import
 * @param decompression whether what is compressed is decompressed as it comes in
 * @param maxDecompressionRatio how many times as large that may make it, at least 1
 * @param inject properties that imported images are given
 * @param ignoreUserRoles roles whose imports are given none
 * @param conversion what disks are converted to; null for no conversion
 * @param regions whose Glances' images may be imported
 */
public record ImportSettings(
    List<ImportMethod> methods,
    Duration stagingTime,
    boolean decompression,
    int maxDecompressionRatio,
    Map<String, String> inject,
    Set<Role> ignoreUserRoles,
    @Nullable ConversionSettings conversion,
    Regions regions) {

  /** As many as an image has by default. */
  private static final int MOST_PROPERTIES = 128;

  private static final int MOST_TIMES = 1_000_000;

  /** Those that this release carries out. */
  private static final List<ImportMethod> KNOWN =
      List.of(
          ImportMethod.GLANCE_DIRECT,
          ImportMethod.WEB_DOWNLOAD,
          ImportMethod.COPY_IMAGE,
          ImportMethod.GLANCE_DOWNLOAD);

  public ImportSettings {
    methods = List.copyOf(methods);
    inject = Map.copyOf(inject);
    ignoreUserRoles = Set.copyOf(ignoreUserRoles);
  }

  static ImportSettings read(SettingsReader in) {
    String key = "imports.methods";
    String accepted =
        "some of " + String.join(", ", KNOWN.stream().map(ImportMethod::wireName).toList());
    List<ImportMethod> methods =
        in.texts(key, accepted).stream()
            .map(
                name ->
                    ImportMethod.find(name)
                        .filter(KNOWN::contains)
                        .orElseThrow(() -> in.wrong(key, name, accepted)))
            .distinct()
            .sorted()
            .toList();
    return new ImportSettings(
        methods,
        in.duration("imports.staging-time", Duration.ofSeconds(1)),
        in.flag("imports.decompression"),
        in.number("imports.max-decompression-ratio", 1, MOST_TIMES),
        inject(in),
        roles(in),
        ConversionSettings.read(in),
        regions(in, methods));
  }

  private static Regions regions(SettingsReader in, List<ImportMethod> methods) {
    String key = "imports.regions";
    String accepted = "a list of name=URL of its image API, each name once";
    Map<String, URI> endpoints = new HashMap<>();
    for (String pair : in.texts(key, accepted)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      URI url =
          SettingsReader.webUrl("%s (%s)".formatted(key, name), pair.substring(equals + 1).strip());
      if (name.isEmpty() || endpoints.put(name, url) != null) {
        throw in.wrong(key, pair, accepted);
      }
    }
    if (endpoints.isEmpty() && methods.contains(ImportMethod.GLANCE_DOWNLOAD)) {
      throw in.wrong(
          key, "", accepted + ", because imports.methods has " + ImportMethod.GLANCE_DOWNLOAD);
    }
    return new Regions(
        endpoints, in.texts("imports.region-properties", "a list of what names begin with"));
  }

  private static Map<String, String> inject(SettingsReader in) {
    String key = "imports.inject";
    String accepted = "a list of name=value, each name once and none of a field that images have";
    Map<String, String> properties = new HashMap<>();
    for (String pair : in.texts(key, accepted)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      if (!ImageField.isShown(name, value) || properties.put(name, value) != null) {
        throw in.wrong(key, pair, accepted);
      }
    }
    if (properties.size() > MOST_PROPERTIES) {
      throw in.wrong(
          key,
          "%d properties".formatted(properties.size()),
          "at most %d".formatted(MOST_PROPERTIES));
    }
    return properties;
  }

  private static Set<Role> roles(SettingsReader in) {
    String key = "imports.ignore-user-roles";
    String accepted =
        "some of " + String.join(", ", Arrays.stream(Role.values()).map(Role::wireName).toList());
    return in.texts(key, accepted).stream()
        .map(name -> Role.named(name).orElseThrow(() -> in.wrong(key, name, accepted)))
        .collect(Collectors.toSet());
  }
}
