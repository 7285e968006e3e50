/** Decides access queries: the pure decision function, the code around it that does I/O, and the decision. */
package dev.gatefold.access.decide;
