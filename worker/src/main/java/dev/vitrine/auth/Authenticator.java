package dev.vitrine.auth;

import dev.vitrine.config.AuthSettings;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.error.VitrineException.Unavailable;
import java.time.Clock;
import java.util.Optional;

/** Tells who is calling. Safe for use by many threads. */
public sealed interface Authenticator permits NoAuthentication, TrustedProxy, KeystoneTokens {

  /** By the method that the settings choose. */
  static Authenticator of(AuthSettings settings, Clock clock) {
    if (settings instanceof AuthSettings.Keystone keystone) {
      return KeystoneTokens.of(keystone, clock);
    }
    if (settings instanceof AuthSettings.TrustedHeaders trusted) {
      return new TrustedProxy(trusted.proxies());
    }
    AuthSettings.None none = (AuthSettings.None) settings;
    return new NoAuthentication(none.user(), none.project());
  }

  /**
   * Who sends the request. May wait for another service, for as long as its timeout.
   *
   * @throws Unauthenticated if that is not known; answer with {@link #challenge()}
   * @throws Forbidden if it is known and for no project, so that nothing is allowed
   * @throws Unavailable if who would know doesn't answer
   */
  Caller authenticate(RequestHead request);

  /**
   * The same, if it can be told without waiting for anybody; empty if somebody has to be asked.
   *
   * @throws Unauthenticated as {@link #authenticate}
   * @throws Forbidden as {@link #authenticate}
   */
  default Optional<Caller> recall(RequestHead request) {
    return Optional.of(authenticate(request));
  }

  /** The value of {@code WWW-Authenticate}: how to become known. Empty if everybody is. */
  Optional<String> challenge();
}
