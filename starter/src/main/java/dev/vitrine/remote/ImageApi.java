package dev.vitrine.remote;

import java.net.URI;

/**
 * A server of the image API v2. Thread-safe; it holds no resource that needs closing, and connects
 * with its first call.
 *
 * <p>Every method of its parts throws a {@link dev.vitrine.error.VitrineException} whose kind is
 * that of the HTTP status and whose message has the server's own: {@code Invalid} for 400 and what
 * the server does not have, {@code Unauthenticated} for 401, {@code Forbidden} for 403, {@code
 * NotFound} for 404 and 410, {@code Conflict} for 409, {@code TooLarge} for 413, {@code
 * Unavailable} for 5xx and a server that does not answer. A token that was refused is renewed once,
 * where there is a Keystone to give one.
 */
public final class ImageApi {

  private final ApiRequests requests;

  /** A server that is asked by these settings. */
  public ImageApi(RemoteSettings settings) {
    Transport transport = new Transport();
    this.requests = new ApiRequests(transport, new ApiSession(settings, transport));
  }

  /**
   * The API's base, without {@code /v2}.
   *
   * @throws dev.vitrine.error.VitrineException if it is in a catalog that can't be had
   */
  public URI endpoint() {
    return requests.endpoint();
  }

  /** What is said of images. */
  public RemoteImages images() {
    return new RemoteImages(requests);
  }

  /** The data of images. */
  public ImageFiles files() {
    return new ImageFiles(requests);
  }

  /** With whom images are shared. */
  public Members members() {
    return new Members(requests);
  }

  /** Who did what to them. */
  public RemoteAudit audit() {
    return new RemoteAudit(requests);
  }

  /** Who is told what is done to them. */
  public RemoteWebhooks webhooks() {
    return new RemoteWebhooks(requests);
  }

  /** What is left behind, and would be settled. */
  public RemoteReconciliation reconciliation() {
    return new RemoteReconciliation(requests);
  }

  /** What works on images. */
  public RemoteTasks tasks() {
    return new RemoteTasks(requests);
  }
}
