package dev.vitrine.conversion;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code qemu-img}, held to its bounds by {@code prlimit} and {@code unshare} of util-linux: what
 * one of them starts becomes the other, so that there is one process to end.
 */
final class QemuImg {

  /** What it says of its progress, over and over in one line. */
  private static final Pattern PROGRESS = Pattern.compile("\\((\\d+)\\.\\d+/100%\\)");

  private static final int MESSAGE = 1000;
  private static final int NO_CORE = 0;

  private final ConversionConfig config;
  private final List<String> isolation;

  private QemuImg(ConversionConfig config, List<String> isolation) {
    this.config = config;
    this.isolation = isolation;
  }

  /**
   * Tries how it can be started here.
   *
   * @throws Invalid if it can't
   */
  static QemuImg find(ConversionConfig config) {
    List<List<String>> ways =
        config.isolated()
            ? List.of(
                List.of("unshare", "--user", "--map-root-user", "--net"),
                List.of("unshare", "--net"))
            : List.of(List.of());
    String reason = "";
    for (List<String> way : ways) {
      QemuImg here = new QemuImg(config, way);
      String failed = here.tried();
      if (failed == null) {
        return here;
      }
      reason = failed;
    }
    throw new Invalid(
        "conversion by %s can't be started here: %s. It takes qemu-img, and prlimit and unshare of util-linux%s"
            .formatted(
                config.program(),
                reason.strip(),
                config.isolated()
                    ? "; where the kernel lets nobody be without a network, set"
                        + " imports.conversion-isolated to false"
                    : ""));
  }

  /** Null if it can be started. */
  private @Nullable String tried() {
    try {
      Process process =
          new ProcessBuilder(bounded(List.of("--version"))).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readNBytes(MESSAGE), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? null : said;
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw VitrineException.because(
          e, new Unavailable("interrupted while qemu-img was looked for"));
    }
  }

  private List<String> bounded(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add("prlimit");
    command.add("--as=" + config.memory());
    command.add("--cpu=" + Math.max(1, config.time().toSeconds()));
    command.add("--fsize=" + config.maxSize());
    command.add("--core=" + NO_CORE);
    command.addAll(isolation);
    command.add(config.program());
    command.addAll(arguments);
    return command;
  }

  void convert(
      Path directory,
      String from,
      Path original,
      String to,
      Path converted,
      Consumer<@Nullable Closeable> guard,
      IntConsumer progress)
      throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                bounded(
                    List.of(
                        "convert",
                        "-p",
                        "-f",
                        from,
                        "-O",
                        to,
                        original.toString(),
                        converted.toString())))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw VitrineException.because(
          e, new Unavailable("qemu-img can't be started: %s".formatted(e.getMessage())));
    }
    boolean[] late = {false};
    var unused =
        process
            .onExit()
            .orTimeout(config.time().toNanos(), TimeUnit.NANOSECONDS)
            .exceptionally(
                tooLong -> {
                  late[0] = true;
                  return process.destroyForcibly();
                });
    String said;
    try {
      guard.accept(process::destroyForcibly);
      process.getOutputStream().close();
      said = said(process.getInputStream(), progress);
    } catch (IOException e) {
      said = String.valueOf(e.getMessage());
    } finally {
      process.destroyForcibly();
    }
    int status = process.waitFor();
    // Throws what ended it, if somebody did.
    guard.accept(null);
    if (late[0]) {
      throw new FormatRefused(
          "qemu-img took longer than %s to convert it".formatted(config.time()));
    }
    if (status != 0) {
      throw failed(from, to, status, said);
    }
  }

  private static VitrineException failed(String from, String to, int status, String said) {
    String text = Excerpt.of(said.strip(), MESSAGE);
    String message =
        "qemu-img could not convert it from %s to %s (status %d): %s"
            .formatted(from, to, status, text.isEmpty() ? "it said nothing" : text);
    return text.contains("No space left on device")
        ? new StorageFull(message)
        : new FormatRefused(message);
  }

  /** What it says beside its progress. */
  private static String said(InputStream output, IntConsumer progress) throws IOException {
    StringBuilder rest = new StringBuilder();
    byte[] buffer = new byte[4096];
    int last = -1;
    for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
      String text = new String(buffer, 0, read, StandardCharsets.UTF_8);
      Matcher matcher = PROGRESS.matcher(text);
      while (matcher.find()) {
        int percent = Integer.parseInt(matcher.group(1));
        if (percent != last) {
          progress.accept(percent);
          last = percent;
        }
      }
      if (rest.length() < MESSAGE) {
        rest.append(matcher.replaceAll("").replaceAll("[\\r\\s]+", " "));
      }
    }
    return rest.toString();
  }
}
