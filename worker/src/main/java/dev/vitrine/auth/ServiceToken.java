package dev.vitrine.auth;

import dev.vitrine.config.AuthSettings;
import dev.vitrine.keystone.KeystoneName;
import dev.vitrine.keystone.TokenRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The token by which Vitrine itself is known to Keystone: got when needed, renewed in time. */
final class ServiceToken {

  /** Keystone's clock and the way there may take so much. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final int CREATED = 201;

  private record Held(String token, Instant renewAt) {}

  private final KeystoneHttp keystone;
  private final AuthSettings.Keystone settings;
  private final Clock clock;
  private final SingleFlight<String, String> asked = new SingleFlight<>();
  private volatile @Nullable Held held;

  ServiceToken(KeystoneHttp keystone, AuthSettings.Keystone settings, Clock clock) {
    this.keystone = keystone;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One that should do.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable if there is none to be had
   */
  String get() {
    return other(null);
  }

  /**
   * One that is not the one that Keystone refused.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable if there is none to be had
   */
  String insteadOf(String refused) {
    return other(refused);
  }

  private String other(@Nullable String refused) {
    String usable = usable(refused);
    return usable != null ? usable : asked.get("own", () -> usableOrNew(refused));
  }

  private @Nullable String usable(@Nullable String refused) {
    Held now = held;
    if (now == null || now.token().equals(refused)) {
      return null;
    }
    return clock.instant().isBefore(now.renewAt()) ? now.token() : null;
  }

  private String usableOrNew(@Nullable String refused) {
    String usable = usable(refused);
    if (usable != null) {
      return usable;
    }
    Instant askedAt = clock.instant();
    HttpResponse<String> answer = keystone.issue(credentials());
    if (answer.statusCode() != CREATED) {
      throw keystone.unexpected(
          answer,
          "to Vitrine's own user; the operator should look at auth.keystone-user, -password and"
              + " -project");
    }
    String token = answer.headers().firstValue("X-Subject-Token").orElse("");
    TokenBody body = TokenBody.of(answer).orElse(null);
    if (token.isBlank() || body == null) {
      throw keystone.unexpected(answer, "but not with a token");
    }
    Duration halfOfItsLife = Duration.between(askedAt, body.expiresAt()).dividedBy(2);
    Duration margin = halfOfItsLife.compareTo(MARGIN) < 0 ? halfOfItsLife : MARGIN;
    held = new Held(token, body.expiresAt().minus(margin));
    return token;
  }

  private TokenRequest credentials() {
    return TokenRequest.byPassword(
        KeystoneName.of(settings.user(), settings.userDomain()),
        settings.password().reveal(),
        KeystoneName.of(settings.project(), settings.projectDomain()));
  }
}
