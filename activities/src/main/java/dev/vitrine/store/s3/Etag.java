package dev.vitrine.store.s3;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What the tag of an object or part says of its bytes. Where Amazon's S3 keeps them in clear or
 * with its own keys it is their MD5, and of an upload in parts the MD5 of those, with their number;
 * other servers and other encryption have tags of other kinds, which say nothing.
 */
final class Etag {

  private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern IN_PARTS = Pattern.compile("[0-9a-f]{32}-\\d+");

  private Etag() {}

  /**
   * Whether the tag says that other bytes are stored than those with that MD5.
   *
   * @param by how it was encrypted; null if not, or if that isn't known
   */
  static boolean denies(String etag, @Nullable ServerSideEncryption by, byte[] md5) {
    String bare = bare(etag);
    return isPlain(by)
        && WHOLE.matcher(bare).matches()
        && !bare.equals(HexFormat.of().formatHex(md5));
  }

  /** Whether the tag says that other parts are stored than these; as above. */
  static boolean denies(String etag, @Nullable ServerSideEncryption by, List<StoredPart> parts) {
    String bare = bare(etag);
    return isPlain(by)
        && IN_PARTS.matcher(bare).matches()
        && parts.stream().allMatch(part -> WHOLE.matcher(bare(part.etag())).matches())
        && !bare.equals(ofParts(parts));
  }

  private static boolean isPlain(@Nullable ServerSideEncryption by) {
    return by == null || by == ServerSideEncryption.AES256;
  }

  private static String ofParts(List<StoredPart> parts) {
    MessageDigest digest = PartBuffer.newMd5();
    HexFormat hex = HexFormat.of();
    for (StoredPart part : parts) {
      digest.update(hex.parseHex(bare(part.etag())));
    }
    return hex.formatHex(digest.digest()) + "-" + parts.size();
  }

  private static String bare(String etag) {
    return etag.replace("\"", "");
  }
}
