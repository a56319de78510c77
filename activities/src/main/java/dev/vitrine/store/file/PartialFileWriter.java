package dev.vitrine.store.file;

import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.store.ResumedWriter;
import java.nio.ByteBuffer;

/** Writes a locked file of unfinished data; how that is published is what differs. */
public abstract class PartialFileWriter implements ResumedWriter {

  private final PartialFile file;

  /** Takes the file over: closing the writer closes it. */
  protected PartialFileWriter(PartialFile file) {
    this.file = file;
  }

  /** The unfinished data. */
  protected final PartialFile file() {
    return file;
  }

  @Override
  public final long position() {
    return file.position();
  }

  @Override
  public final void write(ByteBuffer data) {
    try {
      file.write(data);
    } catch (StorageFull e) {
      discard();
      throw e;
    }
  }

  @Override
  public final void sync() {
    file.sync();
  }

  @Override
  public final int readBack(ByteBuffer into, long position) {
    return file.readBack(into, position);
  }

  @Override
  public void discard() {
    file.discard();
  }

  @Override
  public final void close() {
    file.close();
  }
}
