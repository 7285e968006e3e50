/** Validation of the settings of passes before the service starts. */
package dev.gatefold.passes.startup;
