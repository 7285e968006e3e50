package dev.gatefold.catalog;

import java.util.Optional;

/**
 * One item of a source, whose text we never hold.
 *
 * @param source empty where the address is nobody's
 * @param name the canonical address, or the source's own reference: what our answers say
 * @param key the same for every address of the article: what a meter remembers
 */
public record Article(Optional<Source> source, String name, String key) {}
