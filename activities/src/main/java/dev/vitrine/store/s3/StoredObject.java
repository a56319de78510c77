package dev.vitrine.store.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What is published under a key.
 *
 * @param etag with its quotes
 * @param encryption null if it isn't encrypted, or if the server doesn't say
 * @param metadata what it was stored with
 */
record StoredObject(
    long size,
    String etag,
    @Nullable ServerSideEncryption encryption,
    Map<String, String> metadata) {}
