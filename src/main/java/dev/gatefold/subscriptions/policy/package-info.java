/** The pure mapping from a subscription snapshot to entitlements, and its settings. */
package dev.gatefold.subscriptions.policy;
