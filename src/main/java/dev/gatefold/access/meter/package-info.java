/** Meters, the record of opened articles, and refunds of reads that did not load. */
package dev.gatefold.access.meter;
