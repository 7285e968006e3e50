/**
 * Pages that people see: the wall, signing up and in, and the account; they work without JavaScript. Owns the tables
 * {@code sign_in} and {@code session}, the words in each language, and nothing of what is decided or sold: it asks the
 * rooms that know. No card number is ever typed here.
 */
package dev.gatefold.pages;
