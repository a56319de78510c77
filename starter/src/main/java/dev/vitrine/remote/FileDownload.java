package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings an image's data here and checks it. A connection that breaks is made anew, and the data
 * asked for from where it broke. For one thread, once.
 */
final class FileDownload {

  private static final int BUFFER = 256 * 1024;

  private final ImageFiles files;
  private final RemoteImage image;
  private final DownloadRetries persistence;
  private final TransferListener listener;
  private final byte[] buffer = new byte[BUFFER];
  private DigestCheck check;
  private long done;

  FileDownload(
      ImageFiles files, RemoteImage image, DownloadRetries persistence, TransferListener listener) {
    this.files = files;
    this.image = image;
    this.persistence = persistence;
    this.listener = listener;
    this.check = DigestCheck.of(image);
  }

  /** Into a file, which is there only once it is whole and right. */
  SavedFile toFile(Path target, boolean overwrite) throws IOException {
    if (!overwrite && Files.exists(target)) {
      throw new Conflict("%s exists; give another file, or --force".formatted(target));
    }
    try (PartFile part = PartFile.open(target, image)) {
      done = part.length();
      long resumedAt = done;
      part.replay(check, buffer);
      try {
        receive(new IntoPart(part));
        check.verify();
      } catch (DataMismatch e) {
        part.remove();
        throw new DataMismatch(e.getMessage() + "; what arrived was removed: try again");
      } catch (Unavailable e) {
        throw new Unavailable(
            "%s; %d bytes are kept in %s: the same command goes on from there"
                .formatted(e.getMessage(), done, part.path()));
      }
      part.finish(overwrite);
      return new SavedFile(done, resumedAt, check.canTell());
    }
  }

  /** Into a stream, which has had what was wrong with it by the time that is known. */
  SavedFile toStream(OutputStream out) throws IOException {
    receive(new IntoStream(out));
    out.flush();
    check.verify();
    return new SavedFile(done, 0, check.canTell());
  }

  private void receive(Sink sink) throws IOException {
    int fruitless = 0;
    while (true) {
      Long size = image.size();
      if (size != null && done == size) {
        return;
      }
      long before = done;
      try {
        attempt(sink);
        return;
      } catch (Unavailable e) {
        fruitless = done > before ? 0 : fruitless + 1;
        if (fruitless >= persistence.attempts()) {
          throw e;
        }
        LockSupport.parkNanos(persistence.pause().toNanos());
      }
    }
  }

  private void attempt(Sink sink) throws IOException {
    try (DataStream download = files.open(image.id(), done)) {
      if (download.from() != done) {
        sink.restart();
        check = DigestCheck.of(image);
        done = 0;
      }
      Long total = download.total() == null ? image.size() : download.total();
      listener.transferred(done, total);
      for (int read = read(download); read >= 0; read = read(download)) {
        sink.take(buffer, read);
        check.update(buffer, read);
        done += read;
        listener.transferred(done, total);
      }
      if (total != null && done != total) {
        throw new Unavailable(
            "the data of image %s ended after %d of %d bytes".formatted(image.id(), done, total));
      }
    }
  }

  /** Only reading may fail for the server's sake; what writing throws is ours. */
  private int read(DataStream download) {
    try {
      return download.stream().read(buffer);
    } catch (IOException e) {
      throw Transport.failure(files.endpoint(), e);
    }
  }

  /** Where the data goes. */
  private sealed interface Sink {
    void take(byte[] bytes, int length) throws IOException;

    void restart() throws IOException;
  }

  private record IntoPart(PartFile part) implements Sink {
    @Override
    public void take(byte[] bytes, int length) throws IOException {
      part.append(bytes, length);
    }

    @Override
    public void restart() throws IOException {
      part.restart();
    }
  }

  private record IntoStream(OutputStream out) implements Sink {
    @Override
    public void take(byte[] bytes, int length) throws IOException {
      out.write(bytes, 0, length);
    }

    @Override
    public void restart() {
      throw new Conflict(
          "the connection broke, and the server can't go on from where it did; begin again");
    }
  }
}
