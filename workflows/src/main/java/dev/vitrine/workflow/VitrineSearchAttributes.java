package dev.vitrine.workflow;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** The typed search attributes that workflows set, for lists and filters in the Web UI. */
public final class VitrineSearchAttributes {

  public static final SearchAttributeKey<String> IMAGE_ID =
      SearchAttributeKey.forKeyword("VitrineImageId");
  public static final SearchAttributeKey<String> IMAGE_STATUS =
      SearchAttributeKey.forKeyword("VitrineImageStatus");
  public static final SearchAttributeKey<String> TASK_TYPE =
      SearchAttributeKey.forKeyword("VitrineTaskType");
  public static final SearchAttributeKey<String> TASK_STATUS =
      SearchAttributeKey.forKeyword("VitrineTaskStatus");
  public static final SearchAttributeKey<String> OWNER =
      SearchAttributeKey.forKeyword("VitrineOwner");

  /** All of them; a namespace must have them registered before a workflow starts. */
  public static final List<SearchAttributeKey<String>> ALL =
      List.of(IMAGE_ID, IMAGE_STATUS, TASK_TYPE, TASK_STATUS, OWNER);

  private VitrineSearchAttributes() {}
}
