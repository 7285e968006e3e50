/** Rate limits and body limits. */
package dev.gatefold.web.limits;
