package dev.vitrine.registry;

/**
 * What a project has, and may have.
 *
 * @param images that have or may get data
 * @param imageLimit 0 for any number
 * @param bytes of data of all its images, of an upload as soon as it is admitted
 * @param byteLimit 0 for any number
 * @param uploading images whose data is on its way, or staged
 * @param staged bytes of those that are staged or imported, as far as they are known
 */
public record Usage(
    long images, long imageLimit, long bytes, long byteLimit, long uploading, long staged) {}
