/**
 * Back office: entitlements that staff grant to readers, with a reason.
 *
 * <p>Owns the table {@code staff_grant}. The granted rights are entitlements, whose origin {@code staff/<id>} refers to the
 * row. Reading order: {@code StaffGrantsResource}, {@code GrantRequest}, {@code StaffGrants}.
 */
package dev.gatefold.admin;
