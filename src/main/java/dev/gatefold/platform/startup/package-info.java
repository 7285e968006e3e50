/** Checks of settings before the service starts; a port that modules implement. */
package dev.gatefold.platform.startup;
