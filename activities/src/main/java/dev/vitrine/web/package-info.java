/**
 * Reading what lies on the web, and only from where it may be read: which URLs and addresses are
 * allowed, and the one client that every request a user's URL causes goes through. It knows neither
 * images nor transfers.
 */
@NullMarked
package dev.vitrine.web;

import org.jspecify.annotations.NullMarked;
