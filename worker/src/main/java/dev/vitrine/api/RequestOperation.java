package dev.vitrine.api;

import dev.vitrine.activity.Operation;
import dev.vitrine.http.Call;

/** Changes that a request makes by itself, without a workflow: its history names the request. */
final class RequestOperation {

  /** Stands where the history of others has the workflow's id. */
  private static final String API = "api";

  private RequestOperation() {}

  /**
   * One change of one request.
   *
   * @param verb in a word
   */
  static Operation of(Call call, String verb) {
    return new Operation(
        API + "/" + call.id() + "/" + verb,
        API,
        call.id(),
        verb + " by " + call.requester().display(),
        call.requester());
  }
}
