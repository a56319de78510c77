package dev.vitrine.transfer;

import dev.vitrine.conversion.Conversion;
import dev.vitrine.conversion.ConversionDirectory;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.inspect.FormatInspection;
import dev.vitrine.inspect.Verdict;
import dev.vitrine.inspect.Verdict.Accepted;
import dev.vitrine.inspect.Verdict.Refused;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.ResumePoint;
import dev.vitrine.transfer.Buffers.Buffer;
import dev.vitrine.transfer.TransferAttempt.Opener;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens a source as the disk that it becomes in another format. The whole of it lies in a directory
 * of its own meanwhile, the one copy on local disk that there is of an image; it is looked at
 * before anybody opens it.
 *
 * @param subject the image, for messages
 * @param from its disk format
 * @param expected what was declared of the source's own data
 */
record ConvertingOpener(
    UUID subject,
    Opener source,
    Conversion conversion,
    String from,
    ExpectedData expected,
    AttemptProgress attempt)
    implements Opener {

  private static final int BUFFER = 128 << 10;

  @Override
  public OpenSource open(ResumePoint ignored) throws InterruptedException {
    OpenSource opened = source.open(ResumePoint.START);
    ConversionDirectory directory = null;
    try {
      directory = conversion.directory();
      Path original = directory.file("original");
      fetch(opened, original);
      Path converted = directory.file("converted");
      convert(directory, original, converted);
      OpenSource result =
          new OpenSource(
              "%s, converted to %s".formatted(opened.display(), conversion.format()),
              new Converted(Files.newInputStream(converted), directory),
              0,
              Files.size(converted),
              conversion.validator(),
              opened.replayable());
      directory = null;
      return result;
    } catch (IOException e) {
      throw VitrineException.because(e, full(e));
    } finally {
      attempt.waitFor(null);
      TransferAttempt.close(opened);
      if (directory != null) {
        directory.close();
      }
    }
  }

  private void convert(ConversionDirectory directory, Path original, Path converted)
      throws InterruptedException, IOException {
    try {
      String what = "qemu-img converts it from %s to %s".formatted(from, conversion.format());
      attempt.waitFor(what);
      conversion.convert(
          directory,
          from,
          original,
          converted,
          attempt.watchdog()::blocksOn,
          percent -> attempt.waitFor("%s: %d %%".formatted(what, percent)));
    } catch (FormatRefused e) {
      throw VitrineException.because(
          e, new FormatRefused("image %s: %s".formatted(subject, e.getMessage())));
    }
    Files.delete(original);
  }

  /** What is refused anywhere is refused before a program that reads disks gets to see it. */
  private void fetch(OpenSource opened, Path file) throws InterruptedException {
    FormatInspection inspection = new FormatInspection(from);
    Digests digests = new Digests(null);
    Watchdog watchdog = attempt.watchdog();
    attempt.waitFor("the whole of it is fetched, to be converted to " + conversion.format());
    long size = 0;
    Buffer buffer = new Buffers(BUFFER, 1).take();
    try (OutputStream out = Files.newOutputStream(file)) {
      watchdog.blocksOn(opened.stream());
      while (true) {
        buffer.length = read(opened, buffer.bytes, size);
        if (buffer.length < 0) {
          break;
        }
        size += buffer.length;
        if (size > conversion.maxSize()) {
          throw CopyPass.tooLarge(subject, size, conversion.maxSize());
        }
        requireAccepted(inspection.take(buffer.bytes, 0, buffer.length));
        digests.update(buffer);
        out.write(buffer.bytes, 0, buffer.length);
      }
    } catch (IOException e) {
      throw VitrineException.because(e, full(e));
    } finally {
      watchdog.blocksOn(null);
    }
    requireWhole(opened, size);
    Verdict verdict = inspection.finish();
    requireAccepted(verdict instanceof Refused refused ? refused : null);
    Long disk = ((Accepted) verdict).virtualSize();
    if (disk != null && disk > conversion.maxSize()) {
      throw CopyPass.tooLarge(subject, disk, conversion.maxSize());
    }
    expected.verify(subject, digests.finish(size));
  }

  private int read(OpenSource opened, byte[] buffer, long at) throws InterruptedException {
    Watchdog watchdog = attempt.watchdog();
    int read = 0;
    watchdog.readBegins();
    try {
      read = opened.stream().read(buffer);
    } catch (IOException e) {
      throw watchdog.failure(opened, at, e);
    } finally {
      watchdog.readEnds(read);
    }
    watchdog.requireNotInterrupted();
    return read;
  }

  private void requireWhole(OpenSource opened, long size) {
    Long announced = opened.size();
    if (announced != null && size < announced) {
      throw opened.truncated(size);
    }
    if (announced != null && size > announced) {
      throw opened.overlong();
    }
  }

  private void requireAccepted(@Nullable Refused refused) {
    if (refused != null) {
      throw new FormatRefused("image %s: %s".formatted(subject, refused.reason()));
    }
  }

  private static VitrineException full(IOException e) {
    String reason = String.valueOf(e.getMessage());
    String message = "a conversion's own directory: " + reason;
    return reason.contains("No space left") ? new StorageFull(message) : new Unavailable(message);
  }

  /** Takes its directory away with it. */
  private static final class Converted extends FilterInputStream {

    private final ConversionDirectory directory;

    Converted(InputStream file, ConversionDirectory directory) {
      super(file);
      this.directory = directory;
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        directory.close();
      }
    }
  }
}
