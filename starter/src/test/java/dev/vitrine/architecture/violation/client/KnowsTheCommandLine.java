package dev.vitrine.architecture.violation.client;

import dev.vitrine.cli.ExitCode;

/** A client class that knows the command line. */
final class KnowsTheCommandLine {

  private KnowsTheCommandLine() {}

  static ExitCode code() {
    return ExitCode.OK;
  }
}
