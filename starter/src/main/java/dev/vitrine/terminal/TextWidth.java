package dev.vitrine.terminal;

import java.lang.Character.UnicodeScript;

/**
 * How many columns of a terminal text takes. Source: UAX #11 (East Asian Width, whose wide and full
 * width characters take two) and the emoji that terminals draw as wide; marks that combine, and
 * what is not drawn, take none.
 */
public final class TextWidth {

  private static final String CUT = "…";

  private TextWidth() {}

  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** The text, or as much of its beginning as fits with a sign that it goes on. */
  static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    if (columns < 1) {
      return "";
    }
    StringBuilder kept = new StringBuilder();
    int left = columns - 1;
    for (int character : text.codePoints().toArray()) {
      left -= of(character);
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(character);
    }
    return kept + CUT;
  }

  private static int of(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.CONTROL ->
          0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int character) {
    if (character < 0x1100) {
      return false;
    }
    return isEastAsian(character) || isEmoji(character);
  }

  private static boolean isEastAsian(int character) {
    boolean halfWidth = character >= 0xff61 && character <= 0xffdc;
    boolean fullWidth =
        (character >= 0xff01 && character <= 0xff60)
            || (character >= 0xffe0 && character <= 0xffe6);
    // Radicals, punctuation, Kana, Bopomofo, Hangul's compatible letters, enclosed and squared.
    boolean block = character >= 0x2e80 && character <= 0x4dbf && character != 0x303f;
    // The planes of ideographs, all of them, assigned or not.
    boolean plane = character >= 0x20000 && character <= 0x3fffd;
    boolean script =
        switch (UnicodeScript.of(character)) {
          case HAN, HIRAGANA, KATAKANA, BOPOMOFO, YI, TANGUT, KHITAN_SMALL_SCRIPT, NUSHU -> true;
          case HANGUL ->
              character <= 0x115f
                  || (character >= 0xa960 && character <= 0xa97c)
                  || character >= 0xac00;
          default -> false;
        };
    return fullWidth || block || plane || (script && !halfWidth);
  }

  /** Those shown as emoji unless told otherwise: {@code Emoji_Presentation=Yes}. */
  private static boolean isEmoji(int character) {
    return switch (character) {
      case 0x231a,
          0x231b,
          0x2329,
          0x232a,
          0x23f0,
          0x23f3,
          0x25fd,
          0x25fe,
          0x2614,
          0x2615,
          0x267f,
          0x2693,
          0x26a1,
          0x26aa,
          0x26ab,
          0x26bd,
          0x26be,
          0x26c4,
          0x26c5,
          0x26ce,
          0x26d4,
          0x26ea,
          0x26f2,
          0x26f3,
          0x26f5,
          0x26fa,
          0x26fd,
          0x2705,
          0x270a,
          0x270b,
          0x2728,
          0x274c,
          0x274e,
          0x2753,
          0x2754,
          0x2755,
          0x2757,
          0x2795,
          0x2796,
          0x2797,
          0x27b0,
          0x27bf,
          0x2b1b,
          0x2b1c,
          0x2b50,
          0x2b55 ->
          true;
      default ->
          (character >= 0x23e9 && character <= 0x23ec)
              || (character >= 0x2648 && character <= 0x2653)
              || (character >= 0x1f300 && character <= 0x1f64f)
              || (character >= 0x1f680 && character <= 0x1f6ff)
              || (character >= 0x1f7e0 && character <= 0x1f7eb)
              || (character >= 0x1f900 && character <= 0x1faff)
              || (character >= 0x1f1e6 && character <= 0x1f265)
              || character == 0x1f004
              || character == 0x1f0cf
              || character == 0x1f18e
              || (character >= 0x1f191 && character <= 0x1f19a);
    };
  }
}
