package dev.vitrine.process;

import dev.vitrine.error.VitrineException.TooLarge;
import io.temporal.api.common.v1.Payloads;
import io.temporal.client.WorkflowClient;

/**
 * How large what starts a workflow may be. Temporal takes 2 MiB for one value and 4 MiB for one
 * call; an input comes back in the history and in the children's inputs, and a start that the
 * server takes but no worker can be told of would be tried for ever. So it is refused before.
 */
final class InputSize {

  /** Bytes as they go to Temporal: what fits four times into one value. */
  static final int LIMIT = 512 * 1024;

  private InputSize() {}

  /**
   * Requires that a start can run.
   *
   * @param what the process, as messages name it
   * @throws TooLarge saying how much is too much
   */
  static void require(WorkflowClient client, String what, Object input) {
    int size =
        client
            .getOptions()
            .getDataConverter()
            .toPayloads(input)
            .map(Payloads::getSerializedSize)
            .orElse(0);
    if (size > LIMIT) {
      throw new TooLarge(
          "%s: what it is given has %d bytes as JSON, and at most %d can be run; shorten the properties, the tags or the URL"
              .formatted(what, size, LIMIT));
    }
  }
}
