package dev.vitrine.inspect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text behind a VMDK's header: which form it has and in which files its data is. A line that
 * isn't understood is refused, for somebody else may understand it. Takes one line's memory.
 */
final class VmdkDescriptor {

  /** The forms that have all data in the file itself, in lower case. */
  private static final Set<String> ALLOWED = Set.of("monolithicsparse", "streamoptimized");

  private static final Set<String> ACCESSES = Set.of("rw", "rdonly", "noaccess");
  private static final String NO_PARENT = "ffffffff";
  private static final int LONGEST_LINE = 4096;
  private static final int SHOWN = 40;

  private byte[] line = new byte[128];
  private int length;
  private @Nullable String type;
  private int extents;
  private @Nullable String danger;

  /** Takes in more text; returns whether it goes on. */
  boolean take(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
      if (b == '\n') {
        endLine();
      } else if (length == LONGEST_LINE) {
        danger("whose descriptor has a line of more than %d bytes".formatted(LONGEST_LINE));
      } else {
        if (length == line.length) {
          line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = b;
      }
      if (danger != null) {
        return false;
      }
    }
    return true;
  }

  /** Why nobody should open it; null if nothing speaks against it. */
  @Nullable String danger() {
    endLine();
    if (danger == null && type == null) {
      danger("whose descriptor has no createType");
    }
    if (danger == null && extents != 1) {
      danger("whose descriptor names %d extents, not the file itself alone".formatted(extents));
    }
    return danger;
  }

  private void endLine() {
    // As Latin-1 every byte is a character; what counts is ASCII.
    String text =
        new String(line, 0, length, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    length = 0;
    int equals = text.indexOf('=');
    // QEMU looks for both wherever they stand, in a comment as well.
    if (text.contains("parentfilenamehint")) {
      danger("whose descriptor names a parent, another file");
    } else if (text.contains("createtype") && !text.startsWith("createtype=")) {
      danger("whose descriptor has its createType where not all would look for it");
    } else if (text.isEmpty() || text.startsWith("#") || text.startsWith("ddb")) {
      return;
    } else if (equals > 0 && text.lastIndexOf(' ', equals) < 0) {
      field(text.substring(0, equals), text.substring(equals + 1).strip());
    } else if (ACCESSES.contains(word(text, 0))) {
      extent(text);
    } else {
      danger("whose descriptor has a line that is not understood, '%s'".formatted(shown(text)));
    }
  }

  private void field(String name, String value) {
    String bare = value.replace("\"", "");
    switch (name) {
      case "createtype" -> {
        if (type != null) {
          danger("whose descriptor has two createTypes");
        } else if (!ALLOWED.contains(bare)) {
          danger(
              "of the createType '%s': its data is in other files; only monolithicSparse and streamOptimized are taken"
                  .formatted(shown(bare)));
        }
        type = bare;
      }
      case "parentcid" -> {
        if (!bare.equals(NO_PARENT)) {
          danger("that has only what differs from another disk, its parent");
        }
      }
      case "changetrackpath" -> danger("whose descriptor names another file, of changes");
      default -> {}
    }
  }

  private void extent(String text) {
    extents++;
    if (text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
      danger("whose descriptor names a file outside itself: '%s'".formatted(shown(text)));
    } else if (!word(text, 2).equals("sparse")) {
      danger(
          "whose descriptor names an extent of another kind than SPARSE: '%s'"
              .formatted(shown(text)));
    }
  }

  private static String word(String text, int n) {
    List<String> words = List.of(text.split("\\s+", n + 2));
    return n < words.size() ? words.get(n) : "";
  }

  private void danger(String what) {
    if (danger == null) {
      danger = what;
    }
  }

  /** What a stranger wrote, fit to be shown. */
  private static String shown(String text) {
    String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
