/** Visitors, who are readers without account: their tokens and the quota of new tokens per network. */
package dev.gatefold.accounts.visitors;
