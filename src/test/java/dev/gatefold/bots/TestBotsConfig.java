package dev.gatefold.bots;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings for crawlers without a configuration source. */
record TestBotsConfig(Optional<List<Path>> ipLists, Optional<List<String>> domains, String cssSelector)
        implements BotsConfig {
    static TestBotsConfig withLists(Path... lists) {
        return new TestBotsConfig(Optional.of(List.of(lists)), Optional.empty(), ".closed");
    }

    static TestBotsConfig withoutCrawlers() {
        return new TestBotsConfig(Optional.empty(), Optional.empty(), ".closed");
    }
}
