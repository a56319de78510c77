package dev.vitrine.cli;

/**
 * The program's log: warnings only, on standard error. Its configuration lies beside this class and
 * not at the class path's root, where it would also rule the programs that use the client.
 */
final class Logging {

  private static final String CONFIGURATION = "logback.configurationFile";

  private Logging() {}

  /** Takes effect if called before the first logger is made. */
  static void configure(boolean verbose) {
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, "dev/vitrine/cli/logback.xml");
      System.setProperty("vitrine.log.level", verbose ? "INFO" : "WARN");
      System.setProperty("vitrine.log.sdk", verbose ? "INFO" : "ERROR");
    }
  }
}
