package dev.vitrine.transfer;

import dev.vitrine.decompression.Decompression;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.ResumePoint;
import dev.vitrine.transfer.TransferAttempt.Opener;
import java.io.IOException;

/** Opens a source that may be compressed, as what was compressed. */
record DecompressingOpener(Opener source, Decompression decompression, Watchdog watchdog)
    implements Opener {

  @Override
  public OpenSource open(ResumePoint from) throws InterruptedException {
    OpenSource opened = source.open(from);
    if (opened.offset() > 0) {
      // The beginning was looked at by an earlier attempt, and is not compressed.
      return opened;
    }
    boolean known = false;
    try {
      watchdog.blocksOn(opened.stream());
      watchdog.readBegins();
      OpenSource decompressed = decompression.decompressed(opened);
      known = true;
      return decompressed;
    } catch (IOException e) {
      throw watchdog.failure(opened, 0, e);
    } finally {
      watchdog.readEnds(0);
      if (!known) {
        TransferAttempt.close(opened);
      }
    }
  }
}
