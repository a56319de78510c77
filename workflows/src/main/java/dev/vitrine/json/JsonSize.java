package dev.vitrine.json;

/** How large a text is as JSON in UTF-8: what storage, answers and payloads have to carry. */
public final class JsonSize {

  private JsonSize() {}

  /** Bytes, with the quotes and every escape. */
  public static long of(String text) {
    return 2 + text.codePoints().mapToLong(JsonSize::of).sum();
  }

  private static long of(int symbol) {
    if (symbol < 0x20) {
      return symbol == '\b' || symbol == '\t' || symbol == '\n' || symbol == '\f' || symbol == '\r'
          ? 2
          : 6;
    }
    if (symbol < 0x80) {
      return symbol == '"' || symbol == '\\' ? 2 : 1;
    }
    if (symbol < 0x800) {
      return 2;
    }
    // Beyond the basic plane the writer escapes both halves.
    return symbol < 0x10000 ? 3 : 12;
  }
}
