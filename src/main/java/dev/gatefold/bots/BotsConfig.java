package dev.gatefold.bots;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings for search engine crawlers. If neither IP lists nor domains are set, no caller is treated as a crawler. */
@ConfigMapping(prefix = "gatefold.bots")
public interface BotsConfig {
    /**
     * IP lists in the format in which search engines publish them ({@code googlebot.json}, {@code bingbot.json}), or
     * folders of such files. A caller from one of these addresses is a crawler. Search engines change the lists every few
     * weeks. Replace the files; the service reads them again within 30 seconds.
     */
    Optional<List<Path>> ipLists();

    /**
     * Domains of crawlers' host names, such as {@code googlebot.com,search.msn.com}, for search engines that publish no IP
     * list. A caller is a crawler if reverse and forward DNS confirm a host name below one of them. Use only domains in
     * which nothing but crawlers has host names: below {@code google.com}, for example, there are also proxies that fetch
     * any URL for any user.
     */
    Optional<List<String>> domains();

    /** CSS class selector of the page elements that contain paywalled content. Search engines support no other selectors. */
    @WithDefault(".gatefold-paywalled")
    String cssSelector();
}
