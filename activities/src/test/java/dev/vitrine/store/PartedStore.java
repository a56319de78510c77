package dev.vitrine.store;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that keeps data as object stores do: in parts of a size that follows from the
 * data's, under an id that a writer in another process has to know, durable part by part, and not
 * to be read before it is published.
 */
public final class PartedStore implements SupportsResume {

  /** What a process has to know to go on: the store gives no list of it. */
  private record Token(UUID upload, int part) {

    static Token of(@Nullable String text) {
      if (text == null) {
        throw new Unavailable("unfinished data is found by its token, and there is none");
      }
      String[] parts = text.split(":");
      return new Token(UUID.fromString(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
      return upload + ":" + part;
    }
  }

  private record Upload(String key, ByteArrayOutputStream parts) {}

  private static final int MOST_PARTS = 100;

  private final String name;
  private final int part;
  private final Map<String, byte[]> published = new ConcurrentHashMap<>();
  private final Map<UUID, Upload> uploads = new ConcurrentHashMap<>();

  /**
   * A new one.
   *
   * @param part bytes of a part, of data that fits into a hundred of them
   */
  public PartedStore(String name, int part) {
    this.name = name;
    this.part = part;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptionalLong size(String key) {
    byte[] data = published.get(checked(key));
    return data == null ? OptionalLong.empty() : OptionalLong.of(data.length);
  }

  @Override
  public InputStream open(String key, long offset) {
    byte[] data = require(key);
    int from = (int) Math.min(offset, data.length);
    return new ByteArrayInputStream(data, from, data.length - from);
  }

  @Override
  public StoreReader reader(String key) {
    return new Reader(require(key));
  }

  private byte[] require(String key) {
    byte[] data = published.get(checked(key));
    if (data == null) {
      throw new NotFound("store '%s' has nothing under %s".formatted(name, key));
    }
    return data;
  }

  @Override
  public StoreWriter create(String key, @Nullable Long size) {
    if (size(key).isPresent()) {
      throw new Conflict("store '%s': %s is published already".formatted(name, key));
    }
    long wanted = size == null ? part : (size + MOST_PARTS - 1) / MOST_PARTS;
    Token token = new Token(UUID.randomUUID(), (int) Math.max(part, wanted));
    uploads.put(token.upload(), new Upload(key, new ByteArrayOutputStream()));
    return new Writer(token, key);
  }

  @Override
  public boolean confirm(String key) {
    return size(key).isPresent();
  }

  @Override
  public long unfinished(String key, @Nullable String token) {
    checked(key);
    Upload upload = token == null ? null : uploads.get(Token.of(token).upload());
    return upload == null || !upload.key().equals(key) ? 0 : upload.parts().size();
  }

  @Override
  public StoreWriter resume(String key, @Nullable String text, long offset) {
    long there = unfinished(key, text);
    if (there < offset) {
      throw new Unavailable("%s has %d bytes, fewer than the %d".formatted(key, there, offset));
    }
    Token token = Token.of(text);
    Upload upload = uploads.get(token.upload());
    if (upload == null) {
      throw new Unavailable("%s: its unfinished data is gone".formatted(key));
    }
    byte[] kept = upload.parts().toByteArray();
    upload.parts().reset();
    upload.parts().write(kept, 0, (int) offset);
    return new Writer(token, key);
  }

  @Override
  public void delete(String key) {
    checked(key);
    uploads.values().removeIf(upload -> upload.key().equals(key));
    published.remove(key);
  }

  private static String checked(String key) {
    if (!key.matches("[0-9a-f-]{36}/[0-9a-f-]{36}")) {
      throw new Invalid("key '%s' is not <uuid>/<uuid>".formatted(key));
    }
    return key;
  }

  private static final class Reader implements StoreReader {

    private final byte[] data;
    private volatile boolean closed;

    Reader(byte[] data) {
      this.data = data;
    }

    @Override
    public long size() {
      return data.length;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      if (closed) {
        throw new Unavailable("the reader is closed");
      }
      if (position >= data.length) {
        return -1;
      }
      int length = Math.min(into.remaining(), data.length - (int) position);
      into.put(data, (int) position, length);
      return length;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final class Writer implements StoreWriter {

    private final Token token;
    private final String key;

    /** What makes no whole part yet: lost with this writer. */
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    private boolean published;

    Writer(Token token, String key) {
      this.token = token;
      this.key = key;
    }

    private Upload upload() {
      Upload upload = uploads.get(token.upload());
      if (upload == null) {
        throw new Unavailable("%s was removed while it was written".formatted(key));
      }
      return upload;
    }

    @Override
    public String token() {
      return token.toString();
    }

    @Override
    public synchronized long position() {
      return upload().parts().size() + (long) rest.size();
    }

    @Override
    public synchronized void write(ByteBuffer data) {
      while (data.hasRemaining()) {
        byte[] some = new byte[Math.min(data.remaining(), token.part() - rest.size())];
        data.get(some);
        rest.writeBytes(some);
        if (rest.size() == token.part()) {
          upload().parts().writeBytes(rest.toByteArray());
          rest.reset();
        }
      }
    }

    @Override
    public synchronized long sync() {
      return upload().parts().size();
    }

    @Override
    public synchronized void publish() {
      if (published) {
        return;
      }
      Upload upload = upload();
      upload.parts().writeBytes(rest.toByteArray());
      PartedStore.this.published.put(key, upload.parts().toByteArray());
      uploads.remove(token.upload());
      published = true;
    }

    @Override
    public void discard() {
      uploads.remove(token.upload());
    }

    @Override
    public void close() {}
  }
}
