package dev.vitrine.http;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one mapping of errors to answers. What the server itself is at fault for says no details. */
final class ErrorAnswers {

  private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

  private static final int UNAVAILABLE = 503;

  private ErrorAnswers() {}

  /** The answer to a request that failed. */
  static Answer of(Throwable error, String requestId) {
    if (error instanceof VitrineException own) {
      if (status(own) == UNAVAILABLE) {
        Throwable cause = own.getCause();
        log.info(
            "request {} is answered 503: {}{}",
            requestId,
            own.getMessage(),
            cause == null ? "" : ", because of " + cause);
      }
      return of(status(own), String.valueOf(own.getMessage()), requestId, headers(own));
    }
    if (error instanceof HttpProblem problem) {
      return of(
          problem.status(), String.valueOf(problem.getMessage()), requestId, problem.headers());
    }
    if (error instanceof HttpException http && http.getCode() < 500) {
      String reason = http.getReason();
      return of(
          http.getCode(), reason == null ? "the request is wrong" : reason, requestId, Map.of());
    }
    log.error("request {} failed", requestId, error);
    String message = "the server failed; its log says why under request " + requestId;
    return of(500, message, requestId, Map.of());
  }

  static int status(VitrineException error) {
    return switch (error.kind()) {
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case INVALID, DATA_MISMATCH, SOURCE_UNUSABLE -> 400;
      case FORMAT_REFUSED -> 415;
      case KEY_REUSED -> 422;
      case TOO_LARGE, STORAGE_FULL -> 413;
      case UNAVAILABLE, GAVE_UP -> 503;
    };
  }

  /**
   * An error as a document. Its one value is an object, because glanceclient takes no other: it
   * looks for a {@code message} in each of the values at the top.
   */
  static Answer of(int status, String message, String requestId, Map<String, String> headers) {
    String title = HttpStatus.getMessage(status);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", status);
    error.put("title", title);
    error.put("message", message);
    error.put("request_id", requestId);
    Answer answer = Answer.json(status, Json.write(Map.of("error", error)));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }

  private static Map<String, String> headers(VitrineException error) {
    return error instanceof Unavailable ? Map.of("Retry-After", "5") : Map.of();
  }
}
