/** The membership of a reader: its derived state and the free trial. */
package dev.gatefold.subscriptions.membership;
