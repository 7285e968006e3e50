/** The paywall: as a page of the service, and as an element for publishers' pages. */
package dev.gatefold.pages.wall;
