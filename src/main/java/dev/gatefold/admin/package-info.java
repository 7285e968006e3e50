/**
 * The support desk: what staff give to readers, with a reason. Owns the table {@code staff_grant}; the rights themselves
 * are entitlements, whose origin names the row here.
 */
package dev.gatefold.admin;
