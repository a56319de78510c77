package dev.vitrine.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhaseTest {

  @Test
  void countsInMillionsAndThousandMillions() {
    Phase phase = new Phase(2, 3.0, 500_000_000);

    assertThat(phase.megabytesPerSecond()).isEqualTo(250);
    assertThat(phase.cpuPerGigabyte()).isEqualTo(6);
  }

  @Test
  void countsCalls() {
    Phase phase = new Phase(0.5, 0.1, 20);

    assertThat(phase.perSecond()).isEqualTo(40);
    assertThat(phase.milliseconds()).isEqualTo(25);
    assertThat(phase.cpuMilliseconds()).isEqualTo(5);
  }

  @Test
  void knowsNoCpuOfWhatItCannotSee() {
    assertThat(new Phase(1, null, 1).cpuPerGigabyte()).isNull();
    assertThat(new Phase(1, null, 1).cpuMilliseconds()).isNull();
  }

  @Test
  void aFigureIsInProportionToAnotherOne() {
    Figure figure = Figure.of("upload", 300, "MB/s").against(Figure.of("loop", 400, "MB/s"));

    assertThat(figure.ratio()).isEqualTo(0.75);
    assertThat(figure.of()).isEqualTo("loop");
    assertThat(Figure.of("x", 1, "s").against(Figure.of("y", 0, "s")).ratio()).isNull();
  }
}
