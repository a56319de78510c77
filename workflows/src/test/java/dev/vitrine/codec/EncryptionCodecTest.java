package dev.vitrine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionCodecTest {

  private static final String OLD = "old=" + "A".repeat(43) + "=";
  private static final String NEW = "new=" + "B".repeat(42) + "A=";

  private static final Payload SECRET =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
          .setData(ByteString.copyFromUtf8("{\"name\": \"hunter2\"}"))
          .build();

  @TempDir private Path directory;

  private EncryptionCodec codec(String... lines) throws IOException {
    Path file = directory.resolve("keys");
    Files.write(file, List.of(lines));
    return EncryptionCodec.of(file);
  }

  @Test
  void hidesWhatItEncodesAndSaysByWhichKey() throws IOException {
    EncryptionCodec codec = codec("# of 2026", OLD, NEW);

    Payload sealed = codec.encode(List.of(SECRET)).get(0);

    assertThat(sealed.toString()).doesNotContain("hunter2", "json/plain");
    assertThat(sealed.getMetadataMap().get("encoding").toStringUtf8())
        .isEqualTo("binary/encrypted");
    assertThat(sealed.getMetadataMap().get("encryption-key-id").toStringUtf8()).isEqualTo("old");
    assertThat(codec.decode(List.of(sealed))).containsExactly(SECRET);
    assertThat(codec.encode(List.of(SECRET)).get(0)).isNotEqualTo(sealed);
  }

  @Test
  void readsWhatAnEarlierKeyEncryptedAndWhatCameBeforeEncryption() throws IOException {
    Payload sealed = codec(OLD).encode(List.of(SECRET)).get(0);

    assertThat(codec(NEW, OLD).decode(List.of(sealed, SECRET))).containsExactly(SECRET, SECRET);
  }

  @Test
  void findsAKeyThatWasPutIntoTheFileMeanwhile() throws IOException {
    EncryptionCodec running = codec(OLD);
    Payload sealed = codec(NEW, OLD).encode(List.of(SECRET)).get(0);

    assertThat(running.decode(List.of(sealed))).containsExactly(SECRET);
  }

  @Test
  void namesTheKeyThatIsMissing() throws IOException {
    Payload sealed = codec(NEW).encode(List.of(SECRET)).get(0);
    EncryptionCodec codec = codec(OLD);

    assertThatThrownBy(() -> codec.decode(List.of(sealed)))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessageContaining("encrypted with the key 'new', which");
  }

  @Test
  void refusesWhatWasAltered() throws IOException {
    EncryptionCodec codec = codec(OLD, NEW);
    Payload sealed = codec.encode(List.of(SECRET)).get(0);
    byte[] data = sealed.getData().toByteArray();
    data[data.length - 1] ^= 1;
    Payload altered = sealed.toBuilder().setData(ByteString.copyFrom(data)).build();
    Payload renamed =
        sealed.toBuilder().putMetadata("encryption-key-id", ByteString.copyFromUtf8("new")).build();
    Payload cut = sealed.toBuilder().setData(sealed.getData().substring(0, 20)).build();

    for (Payload wrong : List.of(altered, renamed, cut)) {
      assertThatThrownBy(() -> codec.decode(List.of(wrong)))
          .isInstanceOf(PayloadCodecException.class);
    }
  }

  @Test
  void namesTheLineThatIsWrongAndNotWhatIsInIt() {
    for (String wrong : List.of("x", "a=short", "a b=" + OLD.substring(4), "=" + OLD)) {
      assertThatThrownBy(() -> codec(NEW, wrong))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("line 2: give ID=KEY")
          .hasMessageNotContaining(OLD.substring(4));
    }
    assertThatThrownBy(() -> codec(OLD, OLD)).hasMessageContaining("line 2");
    assertThatThrownBy(() -> codec("# nothing")).hasMessageContaining("has no key");
  }

  @Test
  void hidesTheMessagesOfFailures() throws IOException {
    codec(OLD);
    DataConverter converter =
        PayloadCodecs.of(Map.of(PayloadCodecs.KEY_FILE, directory.resolve("keys").toString()))
            .in(WorkflowClientOptions.getDefaultInstance())
            .getDataConverter();

    Failure failure =
        converter.exceptionToFailure(new NotFound("image of alice " + "x".repeat(9000)));

    assertThat(failure.toString()).doesNotContain("alice", "xxx");
    assertThat(failure.getSerializedSize()).isLessThan(8000);
    assertThat(converter.failureToException(failure)).hasMessageContaining("image of alice xxx");
  }
}
