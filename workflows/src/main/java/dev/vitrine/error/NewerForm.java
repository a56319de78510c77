package dev.vitrine.error;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.temporal.common.converter.DataConverterException;

/**
 * A value has a constant, a kind or an encoding that this version does not know: another worker,
 * newer than this one, wrote it and can read it. So it is no answer but a reason to wait: a
 * workflow task or an activity that meets it fails and is tried again, here or elsewhere.
 */
public final class NewerForm extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private NewerForm(DataConverterException cause) {
    super(
        "this worker can't read a value; a newer one has to: "
            + Excerpt.message(deepest(cause).getMessage()),
        cause);
  }

  /**
   * What to throw where a value can't be read.
   *
   * @return a {@link NewerForm} if another version may read it; else the error itself, because what
   *     has the wrong shape is wrong for every version
   */
  public static RuntimeException orMalformed(DataConverterException error) {
    for (Throwable at = error.getCause(); at != null; at = at.getCause()) {
      if (at instanceof JsonMappingException mapping && isUnknownWord(mapping)) {
        return new NewerForm(error);
      }
    }
    // Without a cause it is the encoding that nobody here knows.
    return error.getCause() == null ? new NewerForm(error) : error;
  }

  private static boolean isUnknownWord(JsonMappingException error) {
    if (error instanceof InvalidTypeIdException kind) {
      return kind.getTypeId() != null;
    }
    if (error instanceof InvalidFormatException word) {
      return word.getTargetType() != null && word.getTargetType().isEnum();
    }
    return error instanceof ValueInstantiationException made
        && made.getType() != null
        && made.getType().isEnumType();
  }

  private static Throwable deepest(Throwable error) {
    Throwable deepest = error;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
