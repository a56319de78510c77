package dev.vitrine.webhook;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where somebody wants to be told what changes.
 *
 * @param name by which it is known for ever: how far it is told is kept under it
 * @param url that takes a POST request for each event
 * @param secrets the file of what events are signed with; read anew for each pass
 */
public record Endpoint(String name, URI url, Path secrets) {

  public Endpoint {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new Invalid(
          "webhook '%s': give a name of lower-case letters, digits and hyphens".formatted(name));
    }
  }

  /** The URL without what may be secret. */
  public String display() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return "webhook %s at %s://%s%s".formatted(name, url.getScheme(), url.getHost(), port);
  }
}
