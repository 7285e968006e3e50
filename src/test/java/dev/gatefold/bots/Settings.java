package dev.gatefold.bots;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an operator might have set. */
record Settings(Optional<List<Path>> lists, Optional<List<String>> domains, String cssSelector) implements BotsConfig {
    static Settings ofLists(Path... lists) {
        return new Settings(Optional.of(List.of(lists)), Optional.empty(), ".closed");
    }

    static Settings ofNothing() {
        return new Settings(Optional.empty(), Optional.empty(), ".closed");
    }
}
