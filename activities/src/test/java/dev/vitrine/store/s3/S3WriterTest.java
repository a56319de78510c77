package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.StoreWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** What a writer does beside the parts on their way, with an S3 that answers when it is told. */
@Timeout(30)
final class S3WriterTest {

  private static final int PART = 10;

  private final Answers s3 = new Answers();
  private final S3Store store =
      new S3Store(new S3StoreConfig("cold", "images", "", null, null, true, PART, null), s3);
  private final String key = UUID.randomUUID() + "/" + UUID.randomUUID();

  @Test
  void fillsOnePartWhileAnotherIsOnItsWayAndNoMore() throws Exception {
    CountDownLatch beforeThird = new CountDownLatch(1);
    try (StoreWriter writer = store.create(key)) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                writer.write(part());
                writer.write(ByteBuffer.allocate(PART - 1));
                beforeThird.countDown();
                writer.write(part());
              });
      beforeThird.await();
      s3.arrived.await();
      assertThat(s3.sent).as("a part on its way, and the next all but full").hasSize(1);
      assertThat(writing).isNotDone();

      s3.answer.countDown();

      writing.get(10, TimeUnit.SECONDS);
      assertThat(writer.sync()).isEqualTo(2 * PART);
      assertThat(s3.sent).containsExactly(1, 2);
    }
  }

  @Test
  void tellsOfAPartThatFailedWhateverIsDoneNext() {
    s3.answer.countDown();
    s3.failure = error(500, "InternalError");
    StoreWriter writer = store.create(key);
    writer.write(part());

    assertThatThrownBy(writer::sync).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> writer.write(part())).isInstanceOf(Unavailable.class);
    assertThatThrownBy(writer::sync).isInstanceOf(Unavailable.class);
    assertThatThrownBy(writer::publish).isInstanceOf(Unavailable.class);
    writer.close();
    assertThat(s3.aborted).as("a successor may go on").isEmpty();
  }

  @Test
  void leavesNothingWhereThereIsNoRoom() {
    s3.answer.countDown();
    s3.failure = error(507, "InsufficientStorage");
    StoreWriter writer = store.create(key);
    writer.write(part());

    assertThatThrownBy(() -> writer.write(part())).isInstanceOf(StorageFull.class);
    assertThat(s3.aborted).containsExactly("the-upload");
  }

  @Test
  void writesNothingOnceItIsClosed() {
    StoreWriter writer = store.create(key);
    writer.close();

    assertThatThrownBy(() -> writer.write(part())).isInstanceOf(Unavailable.class);
    assertThatThrownBy(writer::publish).isInstanceOf(Unavailable.class);
    assertThat(s3.sent).isEmpty();
  }

  private static ByteBuffer part() {
    return ByteBuffer.allocate(PART);
  }

  private static S3Exception error(int status, String code) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  /** Takes parts, and answers each after the latch is open. */
  private static final class Answers implements S3Client {

    final CountDownLatch answer = new CountDownLatch(1);
    final CountDownLatch arrived = new CountDownLatch(1);
    final List<Integer> sent = Collections.synchronizedList(new ArrayList<>());
    final List<String> aborted = Collections.synchronizedList(new ArrayList<>());
    volatile S3Exception failure;

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
      throw NoSuchKeyException.builder().statusCode(404).build();
    }

    @Override
    public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
      return ListMultipartUploadsResponse.builder().isTruncated(false).build();
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(
        CreateMultipartUploadRequest request) {
      return CreateMultipartUploadResponse.builder().uploadId("the-upload").build();
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
      sent.add(request.partNumber());
      arrived.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (failure != null) {
        throw failure;
      }
      return UploadPartResponse.builder().eTag("etag-" + request.partNumber()).build();
    }

    @Override
    public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
      aborted.add(request.uploadId());
      return AbortMultipartUploadResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {
      answer.countDown();
    }
  }
}
