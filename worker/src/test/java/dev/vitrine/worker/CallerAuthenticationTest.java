package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.auth.Authenticator;
import dev.vitrine.config.AuthSettings;
import dev.vitrine.config.Secret;
import dev.vitrine.config.Settings;
import dev.vitrine.http.Answer;
import dev.vitrine.http.HttpService;
import dev.vitrine.http.Route;
import dev.vitrine.http.Router;
import dev.vitrine.web.AddressRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Authenticators behind the HTTP server. */
final class CallerAuthenticationTest {

  private static final AuthSettings.TrustedHeaders LOCAL_PROXY =
      new AuthSettings.TrustedHeaders(List.of());

  private static HttpResponse<String> ask(AuthSettings settings, String... headers)
      throws IOException, InterruptedException {
    Router router =
        new Router(
            List.of(
                Route.of("GET", "/who", call -> Answer.json(200, call.requester().toString()))));
    try (HttpService service =
        HttpService.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            router,
            new CallerAuthentication(Authenticator.of(settings, Clock.systemUTC())),
            Wiring.http(Settings.defaults().api()),
            Wiring.door(Settings.defaults()),
            false,
            null)) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + "/who"));
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
  }

  @Test
  void takesEverybodyForAnAdminWhereNobodyIsAsked() throws Exception {
    HttpResponse<String> answer =
        ask(new AuthSettings.None("root", "ops", false, List.of()), "X-Auth-Token", "notused");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("root", "ops", "admin");
  }

  @Test
  void believesTheProxyOfThisMachine() throws Exception {
    HttpResponse<String> answer =
        ask(
            LOCAL_PROXY,
            "X-Identity-Status",
            "Confirmed",
            "X-User-Id",
            "u1",
            "X-Project-Id",
            "p1",
            "X-Roles",
            "reader");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("u1", "p1", "reader");
  }

  @Test
  void believesNoHeaderAboutWhereARequestComesFrom() throws Exception {
    HttpResponse<String> answer =
        ask(
            new AuthSettings.TrustedHeaders(List.of(AddressRange.of("10.1.2.3"))),
            "X-Forwarded-For",
            "10.1.2.3",
            "Forwarded",
            "for=10.1.2.3",
            "X-Identity-Status",
            "Confirmed",
            "X-User-Id",
            "u1",
            "X-Project-Id",
            "p1");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("127.0.0.1 is no proxy");
  }

  @Test
  void noticesAHeaderThatIsThereTwice() throws Exception {
    HttpResponse<String> answer =
        ask(LOCAL_PROXY, "X-Identity-Status", "Confirmed", "X-Identity-Status", "Confirmed");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("X-Identity-Status is there 2 times");
  }

  @Test
  void tellsTheUnknownWhereToGetAToken() throws Exception {
    URI keystone = URI.create("http://127.0.0.1:9/identity");

    HttpResponse<String> answer =
        ask(
            new AuthSettings.Keystone(
                keystone,
                keystone,
                "vitrine",
                "Default",
                new Secret("hunter2"),
                "service",
                "Default",
                Duration.ofMinutes(5),
                Duration.ofSeconds(1)));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly("Keystone uri=\"http://127.0.0.1:9/identity\"");
  }

  /** Keystone takes its time, and somebody makes up tokens. */
  @Test
  void letsNobodyWaitWhomItKnowsAndBoundsWhoIsAskedAbout() throws Exception {
    URI keystone = URI.create("http://127.0.0.1:9/identity");
    AuthSettings.Keystone settings =
        new AuthSettings.Keystone(
            keystone,
            keystone,
            "vitrine",
            "Default",
            new Secret("hunter2"),
            "service",
            "Default",
            Duration.ofMinutes(5),
            Duration.ofSeconds(1));
    BlockingQueue<Runnable> asked = new LinkedBlockingQueue<>(40);
    Executor slow =
        work -> {
          if (!asked.offer(work)) {
            throw new RejectedExecutionException("full");
          }
        };
    Router router =
        new Router(
            List.of(
                Route.open("GET", "/healthcheck", call -> Answer.noContent()),
                Route.of("GET", "/who", call -> Answer.noContent())));
    try (HttpService service =
        HttpService.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            router,
            new CallerAuthentication(Authenticator.of(settings, Clock.systemUTC()), slow),
            Wiring.http(Settings.load(null, Map.of("VITRINE_API_MAX_THREADS", "16")).api()),
            Wiring.door(Settings.defaults()),
            false,
            null)) {
      HttpClient client = HttpClient.newHttpClient();
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        waiting.add(
            client.sendAsync(
                HttpRequest.newBuilder(URI.create(service.url() + "/who"))
                    .header("X-Auth-Token", "made-up-" + i)
                    .build(),
                BodyHandlers.ofString()));
      }
      List<Runnable> questions = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        questions.add(asked.take());
      }
      asked.addAll(questions);
      assertThat(get(client, service, "/healthcheck", "none").statusCode()).isEqualTo(204);
      HttpResponse<String> beyond = get(client, service, "/who", "one-more");
      assertThat(beyond.statusCode()).isEqualTo(503);
      assertThat(beyond.headers().firstValue("Retry-After")).isPresent();
      assertThat(waiting).noneMatch(CompletableFuture::isDone);

      questions.forEach(Runnable::run);
      for (CompletableFuture<HttpResponse<String>> answer : waiting) {
        assertThat(answer.get().statusCode()).isEqualTo(503);
      }
    }
  }

  private static HttpResponse<String> get(
      HttpClient client, HttpService service, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.url() + path))
            .header("X-Auth-Token", token)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
