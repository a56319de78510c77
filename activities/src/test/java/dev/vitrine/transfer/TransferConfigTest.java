package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.source.SourceConfig;
import dev.vitrine.transfer.TransferConfig.Tuning;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferConfigTest {

  @Test
  void hasTheseDefaults() {
    TransferConfig config = TransferConfig.defaults();
    assertThat(config.sources().roots()).isEmpty();
    assertThat(config.exportRoots()).isEmpty();
    assertThat(config.maxImageSize()).isEqualTo(1_099_511_627_776L);
    assertThat(config.sources().readTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.maxAttemptsWithoutProgress()).isEqualTo(8);
    assertThat(config.sources().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.tuning().bufferSize()).isEqualTo(131_072);
    assertThat(config.tuning().buffers()).isEqualTo(16);
    assertThat(config.tuning().syncBytes()).isEqualTo(67_108_864);
    assertThat(config.tuning().syncInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.tuning().tick()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void refusesWhatMakesNoSense() {
    SourceConfig sources = SourceConfig.defaults();
    Tuning tuning = Tuning.defaults();
    assertThatThrownBy(
            () ->
                new TransferConfig(
                    sources, List.of(), List.of(), -1, 1, true, null, null, null, tuning))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new TransferConfig(
                    sources, List.of(), List.of(), 1, 0, true, null, null, null, tuning))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
