/** Endpoints under {@code /dev} that move the clock of the service and control the Stripe sandbox. */
package dev.gatefold.sandbox.control;
