/**
 * Who is calling, from the headers of a request: by Keystone, by a trusted proxy, or nobody asked.
 * It must not know what the caller wants, nor the HTTP server.
 */
@NullMarked
package dev.vitrine.auth;

import org.jspecify.annotations.NullMarked;
