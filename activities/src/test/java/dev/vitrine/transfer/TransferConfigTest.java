package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferConfigTest {

  @Test
  void hasTheseDefaults() {
    TransferConfig config = TransferConfig.defaults();
    assertThat(config.sourceRoots()).isEmpty();
    assertThat(config.exportRoots()).isEmpty();
    assertThat(config.maxImageSize()).isEqualTo(1_099_511_627_776L);
    assertThat(config.sourceReadTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.maxAttemptsWithoutProgress()).isEqualTo(8);
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.tuning().bufferSize()).isEqualTo(262_144);
    assertThat(config.tuning().buffers()).isEqualTo(8);
    assertThat(config.tuning().syncBytes()).isEqualTo(67_108_864);
    assertThat(config.tuning().syncInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.tuning().pulse()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void refusesWhatMakesNoSense() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new TransferConfig(List.of(), List.of(), -1, second, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TransferConfig(List.of(), List.of(), 1, second, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
