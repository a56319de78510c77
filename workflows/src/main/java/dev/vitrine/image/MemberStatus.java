package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;

/** What a member made of an image shared with it. Any order among the three. */
public enum MemberStatus {
  PENDING,
  ACCEPTED,
  REJECTED;

  @JsonValue
  public String wireName() {
    return Lifecycle.word(this);
  }

  @JsonCreator
  public static MemberStatus of(String wireName) {
    return Lifecycle.constant(MemberStatus.class, wireName);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
