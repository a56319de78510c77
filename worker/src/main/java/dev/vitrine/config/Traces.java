package dev.vitrine.config;

/** Where spans go. */
public enum Traces {
  /** Nowhere: none are made. */
  NONE("none"),

  /** To the collector that the standard variables {@code OTEL_…} name. */
  OTLP("otlp");

  private final String word;

  Traces(String word) {
    this.word = word;
  }

  static Traces read(SettingsReader in, String key) {
    String text = in.text(key);
    for (Traces each : values()) {
      if (each.word.equals(text)) {
        return each;
      }
    }
    throw in.wrong(key, text, "none or otlp");
  }
}
