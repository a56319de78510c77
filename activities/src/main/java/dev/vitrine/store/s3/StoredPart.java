package dev.vitrine.store.s3;

/**
 * A part that S3 has, as it said itself.
 *
 * @param number from 1 on
 * @param etag with its quotes; it changes with the part's bytes
 */
record StoredPart(int number, long size, String etag) {}
