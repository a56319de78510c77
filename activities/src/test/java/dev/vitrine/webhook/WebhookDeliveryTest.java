package dev.vitrine.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.DeliveryPass;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.WebhookActivities;
import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.image.NewImage;
import dev.vitrine.registry.AdjustableClock;
import dev.vitrine.registry.Deliveries.DeadLetter;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.web.WebAccess;
import dev.vitrine.web.WebRules;
import dev.vitrine.webhook.Receiver.Request;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passes of the delivery to a real HTTP server, on a clock that goes as the delivery waits. */
class WebhookDeliveryTest {

  private static final Requester ALICE = Requester.member("alice", "mars").in("req-1");
  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir private Path directory;
  private final AdjustableClock clock = new AdjustableClock();
  private Registry registry;
  private Receiver receiver;
  private TestActivityEnvironment temporal;
  private WebhookActivities deliveries;

  /** What happens while the delivery waits. */
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void start() throws Exception {
    registry =
        Registries.open(
            RegistryConfig.of(
                new DatabaseConfig(
                    "jdbc:sqlite:" + directory.resolve("registry.db"), null, null, 2)),
            clock);
    receiver = new Receiver();
    Path secret = Files.writeString(directory.resolve("secret"), "whsec_" + KEY + "\n");
    WebhookConfig config =
        new WebhookConfig(
            List.of(new Endpoint("hook", receiver.url(), secret)),
            WebAccess.of(WebRules.defaults().withLoopback()),
            Duration.ofSeconds(1),
            Duration.ofHours(1));
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(
        new WebhookActivitiesImpl(
            registry,
            config,
            clock,
            time -> {
              clock.advance(time);
              meanwhile.run();
            }));
    deliveries = temporal.newActivityStub(WebhookActivities.class);
    registry.deliveries().open("hook");
  }

  @AfterEach
  void stop() {
    temporal.close();
    receiver.close();
    registry.close();
  }

  private UUID image() {
    UUID id = UUID.randomUUID();
    registry
        .images()
        .create(
            new Operation(UUID.randomUUID().toString(), "wf", "run", "why", ALICE),
            NewImage.of(id, "mars"));
    return id;
  }

  private void delete(UUID image) {
    registry
        .deletions()
        .delete(
            new Operation(UUID.randomUUID().toString(), "wf", "run", "why", ALICE),
            image,
            Duration.ZERO);
  }

  @Test
  void tellsEachChangeInItsOrderAndSignsIt() throws Exception {
    UUID first = image();
    UUID second = image();
    delete(first);

    DeliveryPass pass = deliveries.deliver("hook");

    assertThat(pass).isEqualTo(new DeliveryPass(true, 3, 0, null));
    assertThat(receiver.taken())
        .containsExactly(first + " queued", second + " queued", first + " deleted");
    Request request = receiver.requests.get(0);
    assertThat(request.json().path("type").textValue()).isEqualTo("image.status");
    assertThat(request.json().path("data").path("user").textValue()).isEqualTo("alice");
    assertThat(request.json().path("data").path("request_id").textValue()).isEqualTo("req-1");
    assertThat(request.json().path("id").textValue())
        .isEqualTo(request.headers().get("webhook-id"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
    String signed =
        request.headers().get("webhook-id")
            + "."
            + request.headers().get("webhook-timestamp")
            + "."
            + request.body();
    assertThat(request.headers().get("webhook-signature"))
        .isEqualTo(
            "v1,"
                + Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    assertThat(deliveries.deliver("hook").delivered()).isZero();
  }

  @Test
  void sendsItAgainUntilItIsTakenAndNothingBeforeIt() {
    UUID first = image();
    UUID second = image();
    receiver.answer(500, Receiver.SILENCE, 429, 301);
    Instant begun = clock.instant();

    DeliveryPass pass = deliveries.deliver("hook");

    assertThat(pass).isEqualTo(new DeliveryPass(true, 2, 0, null));
    assertThat(receiver.requests)
        .extracting(Request::change)
        .containsExactly(
            first + " queued",
            first + " queued",
            first + " queued",
            first + " queued",
            first + " queued",
            second + " queued");
    assertThat(receiver.requests.stream().limit(5).map(r -> r.headers().get("webhook-id")))
        .containsOnly(receiver.requests.get(0).headers().get("webhook-id"));
    // 1 + 2 + 4 + 8 seconds of waiting, as whoever signs says when.
    assertThat(Long.parseLong(receiver.requests.get(4).headers().get("webhook-timestamp")))
        .isEqualTo(begun.plusSeconds(15).getEpochSecond());
  }

  @Test
  void laysAnEventAsideThatItsReceiverRefusesAndSendsItAgainWhenAsked() {
    UUID first = image();
    UUID second = image();
    receiver.answer(422);

    assertThat(deliveries.deliver("hook")).isEqualTo(new DeliveryPass(true, 1, 1, null));
    assertThat(receiver.taken()).containsExactly(second + " queued");
    DeadLetter letter = registry.deliveries().deadLetters("hook", 0, 10).get(0);
    assertThat(letter.error()).contains("webhook hook at http://127.0.0.1", "answered 422");

    registry.deliveries().sendAgain("hook", letter.event());
    receiver.answer(500);
    assertThat(deliveries.deliver("hook").delivered()).isZero();
    assertThat(registry.deliveries().countDeadLetters("hook")).isEqualTo(1);

    registry.deliveries().sendAgain("hook", null);
    assertThat(deliveries.deliver("hook").delivered()).isEqualTo(1);
    assertThat(receiver.taken()).containsExactly(second + " queued", first + " queued");
    assertThat(receiver.requests.get(3).body()).isEqualTo(receiver.requests.get(0).body());
    assertThat(registry.deliveries().countDeadLetters("hook")).isZero();
  }

  @Test
  void givesUpWhatIsOldOnceTheEndpointHasTakenNothingForLong() {
    UUID old = image();
    receiver.otherwise = request -> 503;
    for (int pass = 0; pass < 7; pass++) {
      assertThat(deliveries.deliver("hook").failing()).contains("answered 503");
    }
    UUID young = image();
    assertThat(registry.deliveries().deadLetters("hook", 0, 10))
        .extracting(DeadLetter::event)
        .hasSize(1);

    receiver.otherwise = request -> 204;
    deliveries.deliver("hook");

    assertThat(receiver.taken()).containsExactly(young + " queued").doesNotContain(old + " queued");
  }

  @Test
  void tellsWhatHappensWhileItWaits() {
    List<UUID> made = new ArrayList<>();
    meanwhile =
        () -> {
          if (made.size() < 3) {
            made.add(image());
          }
        };

    assertThat(deliveries.deliver("hook").delivered()).isEqualTo(3);
    assertThat(receiver.taken())
        .containsExactlyElementsOf(made.stream().map(id -> id + " queued").toList());
  }

  @Test
  void saysThatItsSecretIsTooShortAndGoesOnOnceThatIsMended() throws Exception {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "short");
    UUID image = image();
    List<String> errors = new ArrayList<>();
    meanwhile =
        () -> {
          errors.add(registry.deliveries().open("hook").error());
          write(secret, "whsec_" + KEY);
        };

    assertThat(deliveries.deliver("hook").delivered()).isEqualTo(1);
    assertThat(errors.get(0)).contains("has a secret of less than 24 bytes");
    assertThat(receiver.taken()).containsExactly(image + " queued");
  }

  @Test
  void doesNothingForAnEndpointThatItDoesNotKnow() {
    assertThat(deliveries.deliver("other")).isEqualTo(new DeliveryPass(false, 0, 0, null));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
