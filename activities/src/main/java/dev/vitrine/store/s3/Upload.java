package dev.vitrine.store.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A multipart upload that was begun. Its text is what another process needs to go on with it.
 *
 * @param key that it is for, of the store; some servers find an upload by its id under any
 * @param id that S3 gave it
 */
record Upload(String key, PartPlan plan, String id) {

  private static final Pattern TOKEN = Pattern.compile("(\\d{1,10}):(\\d{1,5}):([^:]+):(.+)");

  /** Of its text; empty if that is none, or of an upload for another key. */
  static Optional<Upload> of(String key, String token) {
    Matcher form = TOKEN.matcher(token);
    if (!form.matches() || !form.group(3).equals(key)) {
      return Optional.empty();
    }
    PartPlan plan = new PartPlan(Long.parseLong(form.group(1)), Integer.parseInt(form.group(2)));
    return Optional.of(new Upload(key, plan, form.group(4)));
  }

  String token() {
    return "%d:%d:%s:%s".formatted(plan.first(), plan.flat(), key, id);
  }
}
