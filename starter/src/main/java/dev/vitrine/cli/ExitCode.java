package dev.vitrine.cli;

import dev.vitrine.error.VitrineException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the command line tells a script: the one mapping of errors to exit codes. */
public enum ExitCode {
  OK(0, "it is done"),
  UNEXPECTED(1, "unexpected: a defect, or an answer that Vitrine does not know"),
  INVALID(2, "the arguments or the request are invalid"),
  NOT_FOUND(3, "not found, or not to be seen by this requester"),
  CONFLICT(4, "the present status, or another process, does not allow it"),
  FORBIDDEN(5, "forbidden for this requester, or it is not known who asks"),
  WORK_FAILED(6, "the work was done and failed: upload not activated, task failure"),
  UNAVAILABLE(7, "Temporal, or something else that is needed, does not answer");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }

  /** The code for an error. What the data or its way was at fault for counts as failed work. */
  public static ExitCode of(Throwable error) {
    if (!(error instanceof VitrineException own)) {
      return UNEXPECTED;
    }
    return switch (own.kind()) {
      case INVALID, KEY_REUSED -> INVALID;
      case NOT_FOUND -> NOT_FOUND;
      case CONFLICT -> CONFLICT;
      case FORBIDDEN, UNAUTHENTICATED -> FORBIDDEN;
      case UNAVAILABLE -> UNAVAILABLE;
      case TOO_LARGE, DATA_MISMATCH, FORMAT_REFUSED, SOURCE_UNUSABLE, STORAGE_FULL, GAVE_UP ->
          WORK_FAILED;
    };
  }

  /** Every code and its meaning, as the help lists them. */
  static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      list.put("  " + code.code(), code.meaning);
    }
    list.put("130", "interrupted (Ctrl-C; 143 by SIGTERM): what was started goes on");
    return list;
  }
}
