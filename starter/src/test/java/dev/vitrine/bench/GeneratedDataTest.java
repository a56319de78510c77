package dev.vitrine.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GeneratedDataTest {

  private static final int MIB = 1 << 20;

  @Test
  void isOfItsSizeAndTheSameEachTime() throws IOException {
    byte[] once = new GeneratedData(2 * MIB + 7).open().readAllBytes();

    assertThat(once).hasSize(2 * MIB + 7);
    assertThat(new GeneratedData(2 * MIB + 7).open().readAllBytes()).isEqualTo(once);
  }

  @Test
  void hasNoTwoBlocksAlike() throws IOException {
    byte[] all = new GeneratedData(2 * MIB).open().readAllBytes();

    assertThat(Arrays.copyOfRange(all, 0, MIB)).isNotEqualTo(Arrays.copyOfRange(all, MIB, 2 * MIB));
  }

  @Test
  void hasTheDigestsThatAreKnownOfIt() throws IOException {
    GeneratedData data = new GeneratedData(MIB + 1);

    assertThat(Hashing.known(data)).isEqualTo(data.source().measure());
  }
}
