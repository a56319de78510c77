package dev.vitrine.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.vitrine.activity.Finding;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkerConverterTest {

  private static final DataConverter CONVERTER =
      new WorkerConverter(DefaultDataConverter.newDefaultInstance());
  private static final String ID = "\"6e0b1a5e-0000-4000-8000-000000000001\"";
  private static final String BY = "{\"user\":\"a\",\"project\":\"p\",\"roles\":[\"member\"]}";

  private static Payload json(String encoding, String text) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
        .setData(ByteString.copyFromUtf8(text))
        .build();
  }

  private static void read(String text, Class<?> type) {
    Payload payload = json("json/plain", text.replace('\'', '"'));
    CONVERTER.fromPayload(payload, type, type);
  }

  /** A status, a visibility, a policy, a kind of source, of finding, of task, of input. */
  @Test
  void waitsForWhoKnowsTheWord() {
    String image = "{'id':%s,'status':'%s','visibility':'%s','owner':'p'}";
    String upload =
        "{'image_id':%s,'source':{'kind':'%s','url':'http://h/'},'policy':'%s','by':%s}";
    for (Runnable newer :
        new Runnable[] {
          () -> read(image.formatted(ID, "melting", "shared"), ImageSummary.class),
          () -> read(image.formatted(ID, "queued", "galactic"), ImageSummary.class),
          () -> read(upload.formatted(ID, "torrent", "requeue", BY), UploadRequest.class),
          () -> read(upload.formatted(ID, "url", "retry", BY), UploadRequest.class),
          () -> read("{'kind':'LOST_MEMBER','detail':'d'}", Finding.class),
          () ->
              read(
                  "{'id':%s,'type':'convert','status':'pending'}".formatted(ID), TaskSummary.class),
          () -> read("{'input':{'type':'convert'}}", TaskRequest.class)
        }) {
      assertThatThrownBy(newer::run).isInstanceOf(NewerForm.class);
    }
  }

  @Test
  void waitsForWhoKnowsTheEncoding() {
    Payload newer = json("json/compact", "{}");

    assertThatThrownBy(() -> CONVERTER.fromPayload(newer, UUID.class, UUID.class))
        .isInstanceOf(NewerForm.class);
    assertThatThrownBy(
            () ->
                CONVERTER.fromPayloads(
                    0,
                    Optional.of(Payloads.newBuilder().addPayloads(newer).build()),
                    UUID.class,
                    UUID.class))
        .isInstanceOf(NewerForm.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no JSON",
        "[]",
        "{'image_id':'no id'}",
        "{'image_id':7,'by':'alice'}",
        "{'by':{'user':'','project':''}}",
        "{'image_id':{'kind':'stream'}}"
      })
  void takesForWrongWhatHasTheWrongShape(String text) {
    assertThatThrownBy(() -> read(text, DeletionRequest.class))
        .isInstanceOf(DataConverterException.class);
  }

  @Test
  void takesForWrongASourceOfNoKind() {
    assertThatThrownBy(() -> read("{'image_id':%s,'source':{}}".formatted(ID), UploadRequest.class))
        .isInstanceOf(DataConverterException.class);
  }

  @Test
  void boundsWhateverLeaves() {
    Failure failure =
        CONVERTER.exceptionToFailure(
            new IllegalStateException("x".repeat(1 << 20), new IllegalStateException("the cause")));

    assertThat(failure.getSerializedSize()).isLessThanOrEqualTo(FailureSize.LIMIT);
    assertThat(failure.getCause().getMessage()).isEqualTo("the cause");
  }

  @Test
  void namesTheKindOfAnErrorOfOurs() {
    Failure failure = CONVERTER.exceptionToFailure(new VitrineException.Invalid("wrong"));

    assertThat(failure.getApplicationFailureInfo().getType()).isEqualTo("Invalid");
    assertThat(failure.getApplicationFailureInfo().getNonRetryable()).isTrue();
  }
}
