/**
 * How a reader comes to be a member: today the free trial, and what the reader is told about the membership, which is
 * derived from the standing and not stored. Grants under the origin {@code trial}. Knows nothing of who bills.
 */
package dev.gatefold.subscriptions;
