package dev.gatefold.bots;

import com.google.common.base.Splitter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What an operator must not have set about search engines when the service starts. */
public final class BotsConfigCheck {
    private static final String LISTS = "gatefold.bots.ip-lists";
    private static final String DOMAINS = "gatefold.bots.domains";

    private BotsConfigCheck() {}

    /**
     * Tells what cannot be read or is unsafe.
     *
     * @param value of a property, where it is set
     * @param fault takes a property and what is wrong with it
     */
    public static void check(Function<String, Optional<String>> value, BiConsumer<String, String> fault) {
        for (String path : each(value.apply(LISTS))) {
            if (!isReadable(path)) {
                fault.accept(LISTS, "names " + path + ", which cannot be read");
            }
        }
        try {
            CrawlerDomains.of(each(value.apply(DOMAINS)));
        } catch (IllegalArgumentException e) {
            fault.accept(DOMAINS, e.getMessage());
        }
    }

    private static List<String> each(Optional<String> value) {
        return Splitter.on(',').trimResults().omitEmptyStrings().splitToList(value.orElse(""));
    }

    private static boolean isReadable(String path) {
        try {
            return Files.isReadable(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
