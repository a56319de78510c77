package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.vitrine.database.Database;
import dev.vitrine.thread.LogKey;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What small operations ask of the registry, by the names that transactions and reads have: each
 * transaction more is a sync of the disk for every image.
 */
class RegistryCostTest extends UploadFixture {

  private static final String READ = "read: ";
  private static final String TRANSACTION = "transaction: ";

  private final Logger logger = (Logger) LoggerFactory.getLogger(Database.class);
  private final Noted noted = new Noted();

  /** What the database is asked for meanwhile. */
  private static final class Noted extends AppenderBase<ILoggingEvent> {

    /** Of an image; what reconciliation asks is of none. */
    private record Asked(@Nullable String image, String what) {}

    private final List<Asked> all = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      all.add(
          new Asked(
              event.getMDCPropertyMap().get(LogKey.IMAGE.mdc()), event.getFormattedMessage()));
    }

    List<String> of(UUID image, String kind) {
      return all.stream()
          .filter(asked -> image.toString().equals(asked.image()))
          .map(Asked::what)
          .filter(what -> what.startsWith(kind))
          .map(what -> what.substring(kind.length()))
          .toList();
    }
  }

  @BeforeEach
  void listen() {
    logger.setLevel(Level.TRACE);
    logger.setAdditive(false);
    noted.setContext(logger.getLoggerContext());
    noted.start();
    logger.addAppender(noted);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(noted);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void aSmallUploadIsTwoTransactions() throws Exception {
    UUID id = alice.queued();
    noted.all.clear();

    alice.upload(id, data(1024)).is(204);

    assertThat(noted.of(id, TRANSACTION)).containsExactly("begin upload", "complete upload");
    // May it be uploaded, and is another upload under way; who may begin it; its format; and the
    // location, which is not given up when it is begun, has something to remove, and is published.
    assertThat(noted.of(id, READ)).hasSizeLessThanOrEqualTo(7);
  }

  @Test
  void aDeletionWithoutDataIsOne() throws Exception {
    UUID id = alice.queued();
    noted.all.clear();

    alice.delete(Api.image(id)).is(204);

    assertThat(noted.of(id, TRANSACTION)).containsExactly("delete image");
    // Who may delete it, and whether there is data.
    assertThat(noted.of(id, READ)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aDeletionWithDataIsTwo() throws Exception {
    UUID id = alice.queued();
    alice.upload(id, data(1024)).is(204);
    noted.all.clear();

    alice.delete(Api.image(id)).is(204);
    ApiInstallation.await(
        "no location is left", () -> installation().registry().locations().of(id).isEmpty());

    assertThat(noted.of(id, TRANSACTION)).containsExactly("delete image", "forget location");
  }
}
