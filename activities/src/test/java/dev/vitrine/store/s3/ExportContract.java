package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.StoreWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What exports to a bucket do on every S3, seen beside them with a client of our own. */
abstract class ExportContract {

  private static final int PART = (int) S3StoreConfig.LEAST_PART;
  private static final String BUCKET = S3Server.BUCKET;

  private final UUID task = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final String name = "exports/%s/disk.raw".formatted(UUID.randomUUID());
  private final byte[] small = random(1000);
  private final byte[] large = random(2 * PART + 1);

  abstract URI endpoint();

  abstract S3Client client();

  private static byte[] random(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }

  private S3Export export(UUID by) {
    S3StoreConfig config =
        new S3StoreConfig("out", BUCKET, "exports/", null, endpoint(), true, PART, null);
    return new S3ExportBucket(config, client()).export(name, by);
  }

  private static void write(StoreWriter writer, byte[] data) {
    writer.write(ByteBuffer.wrap(data));
  }

  private List<String> objects() {
    return client()
        .listObjectsV2(request -> request.bucket(BUCKET).prefix(folder()))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  private String folder() {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  private long uploads() {
    return client()
        .listMultipartUploads(request -> request.bucket(BUCKET).prefix(folder()))
        .uploads()
        .size();
  }

  private byte[] there() {
    return client().getObjectAsBytes(request -> request.bucket(BUCKET).key(name)).asByteArray();
  }

  private void assertThatNothingIsThere() {
    assertThat(objects()).isEmpty();
    assertThat(uploads()).isZero();
  }

  @Test
  void publishesDataOfOnePart() throws IOException {
    S3Export export = export(task);
    try (StoreWriter writer = export.create((long) small.length)) {
      write(writer, small);
      assertThat(export.published()).isEmpty();
      writer.publish();
      writer.publish();
    }
    assertThat(there()).isEqualTo(small);
    assertThat(objects()).containsExactly(name);
    assertThat(export.published()).hasValue(small.length);
    try (InputStream in = export.open()) {
      assertThat(in.readAllBytes()).isEqualTo(small);
    }
  }

  @Test
  void goesOnInAnotherProcess() {
    String token;
    try (StoreWriter writer = export(task).create((long) large.length)) {
      write(writer, Arrays.copyOf(large, PART + 10));
      assertThat(writer.sync()).isEqualTo(PART);
      token = writer.token();
    }
    S3Export second = export(task);
    assertThat(second.unfinished(token)).isEqualTo(PART);
    try (StoreWriter writer = second.resume(token, PART)) {
      write(writer, Arrays.copyOfRange(large, PART, large.length));
      writer.publish();
    }
    assertThat(there()).isEqualTo(large);
    assertThat(objects()).containsExactly(name);
    assertThat(uploads()).isZero();
  }

  @Test
  void replacesAndRemovesNothingOfOthers() {
    client()
        .putObject(
            request -> request.bucket(BUCKET).key(name), RequestBody.fromString("somebody's"));
    S3Export export = export(task);
    assertThatThrownBy(export::published)
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("somebody else");
    assertThatThrownBy(() -> export.create(10L)).isInstanceOf(Conflict.class);
    export.discard();
    assertThat(there()).asString().isEqualTo("somebody's");
    assertThat(objects()).containsExactly(name);
  }

  @Test
  void whatComesInBetweenStays() {
    S3Export export = export(task);
    try (StoreWriter writer = export.create((long) small.length)) {
      write(writer, small);
      client()
          .putObject(
              request -> request.bucket(BUCKET).key(name), RequestBody.fromString("somebody's"));
      assertThatThrownBy(writer::publish).isInstanceOf(Conflict.class);
    }
    export.discard();
    assertThat(there()).asString().isEqualTo("somebody's");
    assertThat(objects()).containsExactly(name);
  }

  @Test
  void anotherTaskIsKeptAway() {
    S3Export first = export(task);
    try (StoreWriter writer = first.create((long) large.length)) {
      write(writer, large);
      S3Export second = export(other);
      assertThatThrownBy(() -> second.create(10L))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("task " + task);
      second.discard();
      writer.publish();
    }
    assertThat(there()).isEqualTo(large);
    export(other).discard();
    assertThat(objects()).containsExactly(name);
  }

  @Test
  void discardsWhatIsUnfinished() {
    S3Export export = export(task);
    try (StoreWriter writer = export.create((long) large.length)) {
      write(writer, Arrays.copyOf(large, PART + 10));
      writer.sync();
    }
    assertThat(uploads()).isEqualTo(1);
    export(task).discard();
    assertThatNothingIsThere();
    export(task).discard();
  }

  @Test
  void discardsWhatItHasPublished() {
    S3Export export = export(task);
    try (StoreWriter writer = export.create((long) small.length)) {
      write(writer, small);
      writer.publish();
    }
    export(task).discard();
    assertThatNothingIsThere();
  }

  @Test
  void aLateWriterLeavesNothing() {
    for (byte[] data : List.of(small, large)) {
      try (StoreWriter writer = export(task).create((long) data.length)) {
        write(writer, data);
        export(task).discard();
        assertThatThrownBy(writer::publish).isInstanceOf(Unavailable.class);
      }
      assertThatNothingIsThere();
    }
  }

  /** A process that dies between the two last requests. */
  @Test
  void takesItsClaimBackOnceItSeesThatItHasPublished() {
    S3Export export = export(task);
    try (StoreWriter writer = export.create((long) small.length)) {
      write(writer, small);
      writer.publish();
    }
    client()
        .putObject(
            request ->
                request
                    .bucket(BUCKET)
                    .key(name + S3Export.CLAIM)
                    .metadata(Map.of("vitrine-task", task.toString())),
            RequestBody.fromString(task.toString()));
    assertThat(export(task).published()).hasValue(small.length);
    assertThat(objects()).containsExactly(name);
  }
}
