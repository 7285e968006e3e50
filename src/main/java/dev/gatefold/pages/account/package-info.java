/** The account page: membership, billing, shared articles and personal data. */
package dev.gatefold.pages.account;
