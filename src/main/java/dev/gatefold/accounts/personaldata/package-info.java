/** The port through which the personal data of each module is exported and erased, and pseudonyms of readers. */
package dev.gatefold.accounts.personaldata;
