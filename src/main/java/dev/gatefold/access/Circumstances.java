package dev.gatefold.access;

import java.util.Optional;

/**
 * What an enquiry comes with, besides who asks.
 *
 * @param country where the reader is, as the gateway says; empty where it does not
 * @param explain whether the answer is to tell what was considered
 */
record Circumstances(Surface surface, Optional<String> country, boolean explain) {}
