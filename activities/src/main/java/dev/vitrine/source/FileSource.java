package dev.vitrine.source;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** Data in a file that this worker can see, below one of its source roots. */
public final class FileSource {

  private final AllowedPaths allowed;

  /** Below the roots of these settings. */
  public FileSource(SourceConfig config) {
    this.allowed = new AllowedPaths(config.roots(), "the setting transfer.source-roots");
  }

  /**
   * Opens the file where an earlier reader stopped if it is still the same, else at its start.
   *
   * @param display the URL without what may be secret
   * @throws VitrineException.Forbidden if it lies below no root
   * @throws SourceUnusable if it is no file, or missing
   * @throws Unavailable if it can't be read at present
   */
  public OpenSource open(String url, String display, ResumePoint from) {
    try {
      Path path = allowed.require(AllowedPaths.path(url));
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new SourceUnusable(display + " is not a regular file");
      }
      String validator =
          "%d-%d"
              .formatted(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
      long offset =
          from.offset() <= attributes.size() && from.continues(validator, attributes.size())
              ? from.offset()
              : 0;
      // The real path has no links left; one that appears now is somebody's try to lead outside.
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      return new OpenSource(
          display,
          Channels.newInputStream(channel.position(offset)),
          offset,
          attributes.size(),
          validator,
          true);
    } catch (NotFound e) {
      throw new SourceUnusable(display + " does not exist");
    } catch (IOException e) {
      throw VitrineException.because(
          e, new Unavailable("%s can't be read: %s".formatted(display, e.getMessage())));
    }
  }
}
