package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.signature.SignedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The place of the signature in the pass over the data. */
class SignedTransferTest extends TransferFixture {

  private final Map<String, String> signed = SignedData.properties("RSA-PSS", "SHA-256");

  @BeforeEach
  void trust() throws IOException {
    signatures = SignedData.trusted(Files.createDirectory(directory.resolve("certificates")));
    configure(1 << 20, Duration.ofSeconds(60), true);
    server.data = SignedData.DATA;
    registry.describe(location.imageId(), signed);
  }

  @Test
  void storesWhatWasSigned() throws IOException {
    transfer();
    assertStored(SignedData.DATA);
  }

  @Test
  void keepsNothingElse() throws IOException {
    server.data = data;
    assertThat(failure(Invalid.class, this::transfer).getOriginalMessage())
        .startsWith(
            "image %s: its data is not what img_signature was made of"
                .formatted(location.imageId()));
    assertNothingStored();
    assertThat(registry.measured).isEmpty();
  }

  @Test
  void verifiesUploads() throws IOException {
    Source upload =
        new Source.HeldStream("queue", streams.hold(new ByteArrayInputStream(data), null));
    failure(Invalid.class, () -> transfer(upload, ExpectedData.NONE));
    assertNothingStored();
  }

  @Test
  void goesOnVerifyingInTheSameProcessAndInAnother() throws IOException {
    server.breaksAfter = 4321;
    failure(Unavailable.class, this::transfer);
    server.breaksAfter = 5000;
    failure(Unavailable.class, this::transfer);
    configure(1 << 20, Duration.ofSeconds(60), true); // Knows nothing of what was before.
    server.breaksAfter = -1;
    transfer();
    assertStored(SignedData.DATA);
    assertThat(server.requests).hasSize(3).element(2).asString().startsWith("bytes=");
  }

  @Test
  void refusesBeforeItReadsWhatNobodyCouldVerify() throws IOException {
    signed.remove("img_signature_key_type");
    registry.describe(location.imageId(), signed);
    assertThat(failure(Invalid.class, this::transfer).getOriginalMessage())
        .startsWith("image %s: it is signed, but has no".formatted(location.imageId()));
    assertNothingStored();
  }

  @Test
  void leavesImagesAloneThatAreActiveOrNotSigned() throws IOException {
    server.data = data;
    registry.describe(location.imageId(), Map.of());
    assertThat(transfer().size()).isEqualTo(data.length);

    registry.image(location.imageId(), ImageStatus.ACTIVE, digests(data));
    assertThat(transfer().size()).isEqualTo(data.length);
  }

  @Test
  void verifiesNothingUnlessAsked() throws IOException {
    signatures = null;
    configure(1 << 20, Duration.ofSeconds(60), true);
    server.data = data;
    assertThat(transfer().size()).isEqualTo(data.length);
    assertStored(data);
  }
}
