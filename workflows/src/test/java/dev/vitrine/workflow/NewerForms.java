package dev.vitrine.workflow;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.PayloadConverter;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** An encoding that workers do not know until they are upgraded. */
final class NewerForms implements PayloadConverter {

  static final String ENCODING = "json/newer";

  /** Counts down when a worker could not read one. */
  final CountDownLatch refused = new CountDownLatch(1);

  volatile boolean known;

  private final DataConverter plain = DefaultDataConverter.newDefaultInstance();

  DataConverter converter() {
    return DefaultDataConverter.newDefaultInstance().withPayloadConverterOverrides(this);
  }

  @Override
  public String getEncodingType() {
    return ENCODING;
  }

  @Override
  public Optional<Payload> toData(Object value) {
    return Optional.empty();
  }

  @Override
  public <T> T fromData(Payload content, Class<T> valueClass, Type valueType) {
    if (!known) {
      refused.countDown();
      throw new DataConverterException(
          "No PayloadConverter is registered for an encoding: " + ENCODING);
    }
    Payload.Builder read = content.toBuilder();
    read.putMetadata("encoding", com.google.protobuf.ByteString.copyFromUtf8("json/plain"));
    return plain.fromPayload(read.build(), valueClass, valueType);
  }
}
