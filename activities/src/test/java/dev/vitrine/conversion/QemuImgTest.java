package dev.vitrine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.StorageFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a program is started, bounded and listened to; a script stands for it. */
class QemuImgTest {

  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path temp;

  private final List<Integer> progress = new ArrayList<>();

  /** Its last two arguments are the files. */
  private Conversion conversion(String script, Duration time) throws IOException {
    Path program = temp.resolve("qemu-img");
    Files.writeString(
        program,
        """
        #!/bin/sh
        [ "$1" = --version ] && exit 0
        echo "$@" > %s/arguments
        while [ $# -gt 2 ]; do shift; done
        %s
        """
            .formatted(temp, script));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new Conversion(
        new ConversionConfig(
            "raw",
            program.toString(),
            temp.resolve("work"),
            512 * MEBIBYTE,
            time,
            MEBIBYTE,
            false));
  }

  private String convert(String script) throws Exception {
    return convert(script, Duration.ofMinutes(1));
  }

  private String convert(String script, Duration time) throws Exception {
    Conversion conversion = conversion(script, time);
    try (ConversionDirectory directory = conversion.directory()) {
      Path original = Files.writeString(directory.file("original"), "data");
      Path converted = directory.file("converted");
      conversion.convert(directory, "vhd", original, converted, nobody -> {}, progress::add);
      return Files.readString(converted);
    } finally {
      assertThat(left()).isEmpty();
    }
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("work"))) {
      return files.toList();
    }
  }

  @Test
  void namesBothFormatsAndLeavesNothing() throws Exception {
    assertThat(convert("tr a-z A-Z < \"$1\" > \"$2\"")).isEqualTo("DATA");
    assertThat(Files.readString(temp.resolve("arguments")))
        .startsWith("convert -p -f vpc -O raw " + temp.resolve("work"));
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    convert(
        "printf '    (1.00/100%%)\\r    (55.20/100%%)\\r    (100.00/100%%)\\n'; cp \"$1\" \"$2\"");
    assertThat(progress).contains(100).isSorted();
  }

  @Test
  void saysWhatItSaid() {
    assertThatThrownBy(() -> convert("echo 'qemu-img: it is broken' >&2; exit 1"))
        .isInstanceOf(FormatRefused.class)
        .hasMessageContaining("from vpc to raw (status 1): qemu-img: it is broken");
    assertThatThrownBy(
            () -> convert("echo 'error while writing: No space left on device' >&2; exit 1"))
        .isInstanceOf(StorageFull.class);
  }

  @Test
  void knowsNothingOfTheProcessThatStartsIt() {
    assertThatThrownBy(
            () ->
                convert(
                    "env | grep -v '^_=\\|^PWD=\\|^PATH=\\|^LC_ALL=\\|^SHLVL=\\|^OLDPWD='; pwd;"
                        + " exit 1"))
        .hasMessageMatching("(?s).*\\(status 1\\): /.*work/[0-9a-f-]{36}");
  }

  @Test
  void isBoundedInTime() {
    assertThatThrownBy(() -> convert("exec sleep 1000", Duration.ofMillis(300)))
        .isInstanceOf(FormatRefused.class)
        .hasMessageContaining("took longer than PT0.3S");
  }

  @Test
  void isBoundedInMemory() {
    assertThatThrownBy(() -> convert("ulimit -v; exit 1"))
        .hasMessageContaining(Long.toString(512 * MEBIBYTE / 1024));
  }

  @Test
  void isBoundedInWhatItWrites() {
    assertThatThrownBy(() -> convert("exec head -c 2000000 /dev/zero > \"$2\""))
        .isInstanceOf(FormatRefused.class);
  }

  /** As it is when a transfer is cancelled. */
  @Test
  void endsWhenItIsToldTo() throws Exception {
    Conversion conversion = conversion("exec sleep 1000", Duration.ofMinutes(10));
    try (ConversionDirectory directory = conversion.directory()) {
      Path original = Files.writeString(directory.file("original"), "data");
      IllegalStateException stop = new IllegalStateException("cancelled");
      assertThatThrownBy(
              () ->
                  conversion.convert(
                      directory,
                      "vhd",
                      original,
                      directory.file("converted"),
                      process -> {
                        if (process == null) {
                          throw stop;
                        }
                        try {
                          process.close();
                        } catch (IOException e) {
                          throw new AssertionError(e);
                        }
                      },
                      percent -> {}))
          .isSameAs(stop);
    }
  }

  @Test
  void removesWhatAProcessThatDiedHasLeft() throws Exception {
    Conversion conversion = conversion("exit 1", Duration.ofMinutes(1));
    Path work = Files.createDirectories(temp.resolve("work"));
    Path left = Files.createDirectory(work.resolve("dead"));
    Files.writeString(left.resolve("original"), "data");
    Files.createFile(work.resolve("dead.lock"));
    try (ConversionDirectory first = conversion.directory();
        ConversionDirectory second = conversion.directory()) {
      assertThat(left).doesNotExist();
      assertThat(first.path()).exists().isNotEqualTo(second.path());
      assertThat(second.path()).exists();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    for (boolean isolated : new boolean[] {true, false}) {
      assertThatThrownBy(
              () ->
                  new Conversion(
                      new ConversionConfig(
                          "raw",
                          "/nowhere/qemu-img",
                          temp,
                          512 * MEBIBYTE,
                          Duration.ofMinutes(1),
                          MEBIBYTE,
                          isolated)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("/nowhere/qemu-img");
    }
  }
}
