/** Changes of an existing subscription: recorded from the provider, or requested by the reader. */
package dev.gatefold.subscriptions.change;
