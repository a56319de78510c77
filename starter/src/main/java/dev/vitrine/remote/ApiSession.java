package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Who asks and where: the token, which it gets and renews, and the endpoint. Thread-safe. */
final class ApiSession {

  private final RemoteSettings settings;
  private final Keystone keystone;
  private Keystone.@Nullable Session session;

  ApiSession(RemoteSettings settings, Transport transport) {
    this.settings = settings;
    this.keystone = new Keystone(transport, settings.region(), settings.catalogInterface());
  }

  /** The token to show; null if none is needed. */
  synchronized @Nullable String token() {
    if (settings.credentials() instanceof Credentials.None) {
      return null;
    }
    return settings.credentials() instanceof Credentials.Token given
        ? given.token()
        : session().token();
  }

  /**
   * The API's base.
   *
   * @throws Invalid if the catalog has no image API
   */
  synchronized URI endpoint() {
    URI given = settings.endpoint();
    URI found = given == null ? session().endpoint() : given;
    if (found == null) {
      throw new Invalid(
          "the catalog has no %s endpoint of an image API%s: give --api URL, or correct"
                  .formatted(
                      settings.catalogInterface(),
                      settings.region() == null ? "" : " in region " + settings.region())
              + " OS_INTERFACE or OS_REGION_NAME");
    }
    return found;
  }

  /**
   * Forgets a token that was refused.
   *
   * @return whether there may be another one
   */
  synchronized boolean renew(@Nullable String refused) {
    if (settings.credentials() instanceof Credentials.None
        || settings.credentials() instanceof Credentials.Token) {
      return false;
    }
    if (session != null && session.token().equals(refused)) {
      session = null;
    }
    return true;
  }

  private Keystone.Session session() {
    if (session == null) {
      session = keystone.authenticate(settings.credentials());
    }
    return session;
  }
}
