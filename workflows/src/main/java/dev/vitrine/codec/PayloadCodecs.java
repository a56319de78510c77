package dev.vitrine.codec;

import dev.vitrine.error.WorkerConverter;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The codecs of a process: those that the class path offers as services {@link PayloadCodec}, and
 * then encryption if a key file is named. Every worker and client of an installation needs the
 * same.
 *
 * @param codecs encoded with from the last to the first, decoded with from the first on
 */
public record PayloadCodecs(List<PayloadCodec> codecs) {

  /** Names the file of keys. */
  public static final String KEY_FILE = "VITRINE_CODEC_KEY_FILE";

  public PayloadCodecs {
    codecs = List.copyOf(codecs);
  }

  /**
   * Those of this process.
   *
   * @throws dev.vitrine.error.VitrineException.Invalid if the file can't be read, or has no keys
   */
  public static PayloadCodecs of(Map<String, String> environment) {
    List<PayloadCodec> codecs = new ArrayList<>();
    String file = environment.getOrDefault(KEY_FILE, "");
    if (!file.isBlank()) {
      codecs.add(EncryptionCodec.of(Path.of(file)));
    }
    ServiceLoader.load(PayloadCodec.class).forEach(codecs::add);
    return new PayloadCodecs(codecs);
  }

  /** Whether nothing is encoded. */
  public boolean isEmpty() {
    return codecs.isEmpty();
  }

  /**
   * The same options with these codecs. Failures are encoded, too, since their messages have names
   * and paths; they are bounded before that, as nobody can cut what is encoded.
   */
  public WorkflowClientOptions in(WorkflowClientOptions options) {
    return isEmpty()
        ? options
        : WorkflowClientOptions.newBuilder(options)
            .setDataConverter(
                new CodecDataConverter(
                    new WorkerConverter(DefaultDataConverter.newDefaultInstance()), codecs, true))
            .build();
  }
}
