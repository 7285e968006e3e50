/** Browser sessions, the cookies of the pages, and the reader that they identify. */
package dev.gatefold.pages.session;
