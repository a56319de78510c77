package dev.vitrine.remote;

/**
 * A download that is done.
 *
 * @param bytes of the image
 * @param resumedAt how many of them were here before
 * @param verified whether the server says a digest that they could be compared with
 */
public record SavedFile(long bytes, long resumedAt, boolean verified) {}
