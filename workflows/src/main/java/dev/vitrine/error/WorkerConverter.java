package dev.vitrine.error;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.context.SerializationContext;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a worker reads and writes through, around the converter that its client has: the bytes are
 * that one's. What another version wrote and this one can't read is a {@link NewerForm}, and what
 * leaves as a failure is no larger than {@link FailureSize#LIMIT}, whoever threw it. It is around
 * the worker's converter, and no step's business, so that nothing gets past it.
 */
public final class WorkerConverter implements DataConverter {

  private final DataConverter inner;

  /** Around that one. */
  public WorkerConverter(DataConverter inner) {
    this.inner = inner;
  }

  @Override
  public <T> Optional<Payload> toPayload(T value) {
    return inner.toPayload(value);
  }

  @Override
  public Optional<Payloads> toPayloads(Object... values) {
    return inner.toPayloads(values);
  }

  @Override
  public <T> T fromPayload(Payload payload, Class<T> valueClass, Type valueType) {
    return read(() -> inner.fromPayload(payload, valueClass, valueType));
  }

  @Override
  public <T> T fromPayloads(
      int index, Optional<Payloads> content, Class<T> valueType, Type valueGenericType) {
    return read(() -> inner.fromPayloads(index, content, valueType, valueGenericType));
  }

  @Override
  public Object[] fromPayloads(
      Optional<Payloads> content, Class<?>[] parameterTypes, Type[] genericParameterTypes) {
    return read(() -> inner.fromPayloads(content, parameterTypes, genericParameterTypes));
  }

  @Override
  public RuntimeException failureToException(Failure failure) {
    return inner.failureToException(failure);
  }

  @Override
  public Failure exceptionToFailure(Throwable error) {
    return FailureSize.bounded(
        inner.exceptionToFailure(
            error instanceof VitrineException own ? Failures.toTemporal(own) : error));
  }

  @Override
  public DataConverter withContext(SerializationContext context) {
    return new WorkerConverter(inner.withContext(context));
  }

  private static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DataConverterException e) {
      throw NewerForm.orMalformed(e);
    }
  }
}
