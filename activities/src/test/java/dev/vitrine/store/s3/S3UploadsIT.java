package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** What only a store in S3 does, on S3Proxy: seen beside it with a client of our own. */
final class S3UploadsIT {

  private static final int PART = (int) S3StoreConfig.LEAST_PART;

  private static S3Server server;
  private static S3Client client;
  private static S3Store store;

  private final String key = UUID.randomUUID() + "/" + UUID.randomUUID();
  private final byte[] data = new byte[2 * PART + 1];

  S3UploadsIT() {
    new Random(11).nextBytes(data);
  }

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server();
    client = server.client();
    store = store(server.endpoint());
  }

  @AfterAll
  static void stop() {
    store.close();
    client.close();
    server.close();
  }

  private static S3Store store(URI endpoint) {
    return new S3Store(
        S3Server.config(endpoint, PART),
        S3Server.client(endpoint, S3Server.KEY_ID, S3Server.SECRET));
  }

  private String name() {
    return "vitrine/" + key;
  }

  private List<MultipartUpload> uploads() {
    return client
        .listMultipartUploads(request -> request.bucket(S3Server.BUCKET).prefix(name()))
        .uploads();
  }

  private List<Part> parts() {
    String id = uploads().get(0).uploadId();
    return client
        .listParts(request -> request.bucket(S3Server.BUCKET).key(name()).uploadId(id))
        .parts();
  }

  private ByteBuffer data(int from, int to) {
    return ByteBuffer.wrap(data, from, to - from);
  }

  private byte[] read() throws IOException {
    try (InputStream stream = store.open(key, 0)) {
      return stream.readAllBytes();
    }
  }

  @Test
  void sendsEachPartWhenItIsFullAndLeavesNoUploadBehind() throws IOException {
    try (StoreWriter writer = store.create(key)) {
      writer.write(data(0, PART));
      writer.sync();
      assertThat(parts()).extracting(Part::size).containsExactly((long) PART);
      writer.write(data(PART, data.length));
      writer.sync();
      assertThat(parts()).extracting(Part::size).containsExactly((long) PART, (long) PART);
      writer.publish();
    }
    assertThat(uploads()).isEmpty();
    assertThat(client.headObject(r -> r.bucket(S3Server.BUCKET).key(name())).contentLength())
        .isEqualTo(data.length);
    assertThat(read()).isEqualTo(data);
  }

  @Test
  void storesWhatFitsIntoOnePartWithOneRequest() {
    try (StoreWriter writer = store.create(key, (long) PART)) {
      writer.write(data(0, PART));
      assertThat(writer.token()).isNull();
      assertThat(writer.sync()).isZero();
      assertThat(uploads()).isEmpty();
      writer.publish();
    }
    String etag = client.headObject(r -> r.bucket(S3Server.BUCKET).key(name())).eTag();
    assertThat(etag).as("no number of parts").doesNotContain("-");
  }

  @Test
  void givesUpTheUploadOfWhatIsDiscardedRemovedOrBegunAnew() {
    StoreWriter discarded = store.create(key);
    discarded.write(data(0, PART));
    discarded.discard();
    assertThat(uploads()).isEmpty();

    store.create(key).close();
    store.create(key).close();
    assertThat(uploads()).as("of two beginnings").hasSize(1);
    store.create(key, 1L).close();
    assertThat(uploads()).as("a small beginning").isEmpty();

    store.create(key).close();
    client.createMultipartUpload(r -> r.bucket(S3Server.BUCKET).key(name()));
    client.createMultipartUpload(r -> r.bucket(S3Server.BUCKET).key(name() + "0"));
    store.delete(key);
    assertThat(uploads()).extracting(MultipartUpload::key).containsExactly(name() + "0");
  }

  @Test
  void goesOnWithThePartsThatAreThere() throws IOException {
    String token;
    try (StoreWriter killed = store.create(key, 3L * PART)) {
      token = killed.token();
      killed.write(data(0, 2 * PART));
      assertThat(killed.sync()).isEqualTo(2L * PART);
    }
    Part first = parts().get(0);
    client.uploadPart(
        r ->
            r.bucket(S3Server.BUCKET)
                .key(name())
                .uploadId(uploads().get(0).uploadId())
                .partNumber(4),
        RequestBody.fromBytes(new byte[] {1}));
    assertThat(store.unfinished(key, token)).as("up to the gap").isEqualTo(2L * PART);
    assertThatThrownBy(() -> store.resume(key, token, PART + 1L))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("none of these ends at the " + (PART + 1));

    try (StoreWriter writer = store.resume(key, token, 2L * PART)) {
      writer.write(data(2 * PART, data.length));
      assertThat(parts().get(0).lastModified()).isEqualTo(first.lastModified());
      writer.publish();
    }
    assertThat(read()).isEqualTo(data);
    assertThat(uploads()).isEmpty();
  }

  @Test
  void letsNothingIntoTheObjectThatAnotherWriterSentLater() {
    try (StoreWriter writer = store.create(key)) {
      writer.write(data(0, 2 * PART));
      writer.sync();
      byte[] others = new byte[PART];
      client.uploadPart(
          r ->
              r.bucket(S3Server.BUCKET)
                  .key(name())
                  .uploadId(uploads().get(0).uploadId())
                  .partNumber(1),
          RequestBody.fromBytes(others));

      assertThatThrownBy(writer::publish)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("InvalidPart");
    }
    assertThat(store.size(key)).isEmpty();
  }

  @Test
  void takesAnUploadThatWasCompletedWithoutTellingForItsOwn() throws IOException {
    try (StoreWriter writer = store.create(key)) {
      writer.write(data(0, 2 * PART));
      writer.sync();
      String id = uploads().get(0).uploadId();
      List<CompletedPart> all =
          parts().stream()
              .map(p -> CompletedPart.builder().partNumber(p.partNumber()).eTag(p.eTag()).build())
              .toList();
      client.completeMultipartUpload(
          r ->
              r.bucket(S3Server.BUCKET)
                  .key(name())
                  .uploadId(id)
                  .multipartUpload(upload -> upload.parts(all)));

      writer.publish();
    }
    assertThat(read()).isEqualTo(Arrays.copyOf(data, 2 * PART));
  }

  @Test
  void overwritesNoObjectThatCameMeanwhile() throws IOException {
    byte[] theirs = {1, 2, 3};
    try (StoreWriter small = store.create(key, 3L);
        StoreWriter large = store.create(key)) {
      small.write(ByteBuffer.wrap(new byte[] {4, 5, 6}));
      large.write(data(0, data.length));
      large.sync();
      client.putObject(r -> r.bucket(S3Server.BUCKET).key(name()), RequestBody.fromBytes(theirs));

      assertThatThrownBy(small::publish).isInstanceOf(Conflict.class);
      assertThatThrownBy(large::publish).isInstanceOf(Conflict.class);
    }
    assertThat(read()).isEqualTo(theirs);
  }

  @Test
  void takesASmallObjectThatWasStoredWithoutTellingForItsOwn() {
    try (StoreWriter writer = store.create(key, 3L)) {
      writer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      client.putObject(
          r -> r.bucket(S3Server.BUCKET).key(name()), RequestBody.fromBytes(new byte[] {1, 2, 3}));

      writer.publish();
    }
  }

  @Test
  void readsOnFromWhereItWasAndNoticesThatTheObjectIsGone() {
    try (StoreWriter writer = store.create(key, (long) data.length)) {
      writer.write(data(0, data.length));
      writer.publish();
    }
    try (StoreReader reader = store.reader(key)) {
      ByteBuffer some = ByteBuffer.allocate(100);
      assertThat(reader.read(some, 0)).isPositive();
      store.delete(key);
      assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), PART))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining(key);
    }
  }

  @Test
  void endsAReaderByAnInterrupt() {
    try (StoreWriter writer = store.create(key, 3L)) {
      writer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      writer.publish();
    }
    try (StoreReader reader = store.reader(key)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), 0))
          .isInstanceOf(Unavailable.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), 0))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void saysWhatIsWrongWithTheBucket() throws IOException {
    store.requireBucket();

    S3StoreConfig other =
        new S3StoreConfig("cold", "missing", "", null, server.endpoint(), true, PART, null);
    try (S3Store missing = new S3Store(other, server.client())) {
      assertThatThrownBy(missing::requireBucket)
          .isInstanceOf(Invalid.class)
          .hasMessage(
              "store 'cold' (bucket missing at %s): there is no such bucket; make it, or correct"
                  + " its name",
              server.endpoint());
    }
    try (S3Store refused =
        new S3Store(
            S3Server.config(server.endpoint(), PART),
            S3Server.client(server.endpoint(), S3Server.KEY_ID, "wrong-secret"))) {
      assertThatThrownBy(refused::requireBucket)
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("it answered 403")
          .hasMessageContaining("check the credentials")
          .hasMessageNotContaining("wrong-secret");
    }
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (S3Store away = store(nobody)) {
      assertThatThrownBy(away::requireBucket)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining(nobody.toString())
          .hasMessageContaining("Connection refused");
    }
  }
}
