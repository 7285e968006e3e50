/** Entities, values and the billing provider port. Uses no other sub-package. */
package dev.gatefold.subscriptions.model;
