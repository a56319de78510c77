package dev.vitrine.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

  @TempDir Path directory;
  private TrustStore trusted;

  @BeforeEach
  void trust() {
    trusted = SignedData.trusted(directory);
  }

  private void check(Map<String, String> properties, byte[] data) {
    SignatureCheck check =
        new SignatureCheck(Objects.requireNonNull(DataSignature.of(properties)), trusted);
    check.take(data, 0, 5);
    check.take(data, 5, data.length - 5);
    check.finish();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA-PSS,SHA-224",
    "RSA-PSS,SHA-256",
    "RSA-PSS,SHA-384",
    "RSA-PSS,SHA-512",
    "DSA,SHA-256",
    "DSA,SHA-384",
    "DSA,SHA-512",
    "ECC_SECP384R1,SHA-224",
    "ECC_SECP384R1,SHA-256",
    "ECC_SECP384R1,SHA-384",
    "ECC_SECP384R1,SHA-512"
  })
  void takesWhatWasSignedAndNothingElse(String key, String hash) {
    Map<String, String> properties = SignedData.properties(key, hash);
    check(properties, SignedData.DATA);

    byte[] other = SignedData.DATA.clone();
    other[9000] ^= 1;
    assertThatThrownBy(() -> check(properties, other))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("its data is not what img_signature was made of");

    byte[] signature = Base64.getDecoder().decode(properties.get("img_signature"));
    signature[signature.length / 2] ^= 1;
    properties.put("img_signature", Base64.getEncoder().encodeToString(signature));
    assertThatThrownBy(() -> check(properties, SignedData.DATA)).isInstanceOf(Invalid.class);
    properties.put("img_signature", "AAAA");
    assertThatThrownBy(() -> check(properties, SignedData.DATA)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | NotAfter",
        "5 | not for digital signatures",
        "6 | does not lead to an authority",
        "7 | does not lead to an authority",
        "8 | names no certificate that is trusted here"
      })
  void trustsNoOtherCertificate(int id, String why) {
    Map<String, String> properties = SignedData.properties("RSA-PSS", "SHA-256");
    properties.put("img_signature_certificate_uuid", SignedData.id(id));
    assertThatThrownBy(() -> check(properties, SignedData.DATA))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(SignedData.id(id))
        .hasMessageContaining(why);
  }

  @Test
  void trustsNothingWithoutTheAuthorityOrAfterItsTime() throws IOException {
    Map<String, String> properties = SignedData.properties("RSA-PSS", "SHA-256");
    trusted =
        new TrustStore(
            directory, Clock.fixed(Instant.parse("2121-01-01T00:00:00Z"), ZoneOffset.UTC));
    assertThatThrownBy(() -> check(properties, SignedData.DATA)).isInstanceOf(Invalid.class);

    trusted = SignedData.trusted(directory);
    Files.delete(directory.resolve("authority.pem"));
    assertThatThrownBy(() -> check(properties, SignedData.DATA))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("there is no authority");

    Files.copy(directory.resolve(SignedData.id(1) + ".pem"), directory.resolve("itself.pem"));
    check(properties, SignedData.DATA);
  }

  @Test
  void triesAgainWhereItCannotRead() {
    trusted = new TrustStore(directory.resolve("authority.pem"), Clock.systemUTC());
    assertThatThrownBy(() -> check(SignedData.properties("DSA", "SHA-256"), SignedData.DATA))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void refusesAKeyOfAnotherKind() {
    Map<String, String> properties = SignedData.properties("RSA-PSS", "SHA-256");
    properties.put("img_signature_key_type", "DSA");
    assertThatThrownBy(() -> check(properties, SignedData.DATA))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("needs a key of DSA")
        .hasMessageContaining("has one of RSA");
  }

  @Test
  void knowsWhatIsNotSigned() {
    assertThat(DataSignature.of(Map.of("img_signature_x", "y"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "img_signature",
        "img_signature_hash_method",
        "img_signature_key_type",
        "img_signature_certificate_uuid"
      })
  void refusesHalfASignatureAndWrongValues(String name) {
    Map<String, String> properties = SignedData.properties("RSA-PSS", "SHA-256");
    properties.put(name, "?");
    assertThatThrownBy(() -> DataSignature.of(properties))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith(name + " is '?': give ");
    properties.remove(name);
    assertThatThrownBy(() -> DataSignature.of(properties))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("it is signed, but has no " + name + ": give all of ");
  }
}
