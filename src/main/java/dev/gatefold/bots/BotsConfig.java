package dev.gatefold.bots;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an operator sets about search engines. Unless set, nobody is a crawler. */
@ConfigMapping(prefix = "gatefold.bots")
public interface BotsConfig {
    /**
     * The lists of addresses that search engines publish, as they publish them ({@code googlebot.json},
     * {@code bingbot.json}), or folders of such files. Whoever calls from one of these addresses is a crawler. They change
     * every few weeks: put the new file in the place of the old one, which is noticed within half a minute.
     */
    Optional<List<Path>> ipLists();

    /**
     * The domains that crawlers' addresses are named under, such as {@code googlebot.com,search.msn.com}: proof by the
     * domain name system, for search engines without a list. Never one in which others than the crawler get names:
     * {@code google.com}, for one, also names proxies that fetch whatever anybody asks them to.
     */
    Optional<List<String>> domains();

    /** The elements of a page that hold what is closed; a class selector is what search engines understand. */
    @WithDefault(".gatefold-paywalled")
    String cssSelector();
}
