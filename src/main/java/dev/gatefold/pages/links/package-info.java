/** Links to and from articles: safe return URLs and share links. */
package dev.gatefold.pages.links;
