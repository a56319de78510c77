package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the API is and who asks.
 *
 * @param endpoint the API's base, with or without {@code /v2}; null to take it from the catalog
 *     that Keystone gives
 * @param region whose endpoint to take from the catalog; null for the first one
 * @param catalogInterface {@code public}, {@code internal} or {@code admin}
 */
public record RemoteSettings(
    @Nullable URI endpoint,
    Credentials credentials,
    @Nullable String region,
    String catalogInterface) {

  /**
   * @throws Invalid if the endpoint is no http or https URL, or has user information in it, or is
   *     missing where no Keystone gives it
   */
  public RemoteSettings {
    if (endpoint != null) {
      endpoint = base(endpoint);
    } else if (credentials instanceof Credentials.None
        || credentials instanceof Credentials.Token) {
      throw new Invalid("there is no URL of the image API: give --api URL, or set VITRINE_API");
    }
  }

  /** A server that asks nobody who they are. */
  public static RemoteSettings of(URI endpoint) {
    return new RemoteSettings(endpoint, new Credentials.None(), null, "public");
  }

  /** An endpoint as everybody writes it, without what the calls add. */
  static URI base(URI endpoint) {
    String scheme = String.valueOf(endpoint.getScheme());
    if ((!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https"))
        || endpoint.getHost() == null) {
      throw new Invalid(
          "'%s' is not the URL of an API: give http://HOST:PORT or https://HOST"
              .formatted(endpoint.getRawUserInfo() == null ? endpoint : endpoint.getScheme()));
    }
    if (endpoint.getRawUserInfo() != null) {
      throw new Invalid(
          "the URL of the API at %s has user information in it; credentials go into OS_ variables"
              .formatted(endpoint.getHost()));
    }
    return URI.create(
        endpoint.toString().replaceFirst("[?#].*$", "").replaceFirst("(/v2(\\.\\d+)?)?/*$", ""));
  }
}
