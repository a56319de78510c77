package dev.vitrine.auth;

import dev.vitrine.config.AuthSettings;
import dev.vitrine.error.VitrineException.Unauthenticated;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/** Shows the caller's token to Keystone, and believes the answer for a time. */
final class KeystoneTokens implements Authenticator {

  /** About 2 KiB each at most. */
  private static final int MOST_CALLERS = 10_000;

  /** What a header can carry; whether it means anything is Keystone's to say. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

  private final KeystoneHttp keystone;
  private final ServiceToken ownToken;
  private final TokenCache cache;
  private final AuthSettings.Keystone settings;

  private KeystoneTokens(
      KeystoneHttp keystone,
      ServiceToken ownToken,
      TokenCache cache,
      AuthSettings.Keystone settings) {
    this.keystone = keystone;
    this.ownToken = ownToken;
    this.cache = cache;
    this.settings = settings;
  }

  static KeystoneTokens of(AuthSettings.Keystone settings, Clock clock) {
    KeystoneHttp keystone = new KeystoneHttp(settings.url(), settings.timeout());
    return new KeystoneTokens(
        keystone,
        new ServiceToken(keystone, settings, clock),
        new TokenCache(settings.cacheTime(), MOST_CALLERS, clock),
        settings);
  }

  @Override
  public Caller authenticate(RequestHead request) {
    return cache.get(token(request), this::ask);
  }

  @Override
  public Optional<Caller> recall(RequestHead request) {
    return cache.recall(token(request));
  }

  private static String token(RequestHead request) {
    String token =
        request
            .header("X-Auth-Token")
            .orElseThrow(
                () -> new Unauthenticated("X-Auth-Token is missing; get a token from Keystone"));
    if (!TOKEN.matcher(token).matches()) {
      throw new Unauthenticated("X-Auth-Token is no token; get one from Keystone");
    }
    return token;
  }

  private Caller ask(String token) {
    String own = ownToken.get();
    HttpResponse<String> answer = keystone.validate(token, own);
    if (answer.statusCode() == 401) {
      answer = keystone.validate(token, ownToken.insteadOf(own));
    }
    HttpResponse<String> last = answer;
    return switch (last.statusCode()) {
      case 200 ->
          TokenBody.of(last)
              .orElseThrow(() -> keystone.unexpected(last, "but not about a token"))
              .caller();
      case 404 ->
          throw new Unauthenticated(
              "the token in X-Auth-Token is unknown, expired or revoked; get a new one");
      case 401, 403 ->
          throw keystone.unexpected(
              last,
              "so that Vitrine's own user may not validate tokens; the operator should give it the"
                  + " role service");
      default -> throw keystone.unexpected(last, "which says nothing about the token");
    };
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of("Keystone uri=\"%s\"".formatted(settings.publicUrl()));
  }
}
