/**
 * Pages that people see: the wall, signing up and in, the account, and what tells them that something went wrong, which
 * work without JavaScript; and the piece that publishers put on their own pages, {@code gatefold.js}. A reader app in
 * the same process asks by {@link dev.gatefold.pages.wall.WallPages} and opens by {@link dev.gatefold.pages.wall.ArticlePageAccess}. Owns the tables {@code sign_in} and {@code browser_session}, the words
 * in each language, and nothing of what is decided or sold: it asks the rooms that know. No card number is ever typed here.
 */
package dev.gatefold.pages;
