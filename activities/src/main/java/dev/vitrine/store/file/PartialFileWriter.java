package dev.vitrine.store.file;

import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsReadBack;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a locked file of unfinished data; how that is published is what differs. */
public abstract class PartialFileWriter implements StoreWriter, SupportsReadBack {

  private final PartialFile file;
  private boolean published;

  /** Takes the file over: closing the writer closes it. */
  protected PartialFileWriter(PartialFile file) {
    this.file = file;
  }

  /** The unfinished data. */
  protected final PartialFile file() {
    return file;
  }

  /** The key leads to the file. */
  @Override
  public final @Nullable String token() {
    return null;
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
  public final long sync() {
    return file.sync();
  }

  @Override
  public final int readBack(ByteBuffer into, long position) {
    return file.readBack(into, position);
  }

  @Override
  public final void publish() {
    if (published) {
      return;
    }
    try {
      sync();
    } catch (StorageFull e) {
      discard();
      throw e;
    }
    publishSynced();
    published = true;
    close();
  }

  /** Gives the file, all of which is durable, its final name. */
  protected abstract void publishSynced();

  @Override
  public void discard() {
    if (!published) {
      file.discard();
    }
  }

  @Override
  public final void close() {
    file.close();
  }
}
