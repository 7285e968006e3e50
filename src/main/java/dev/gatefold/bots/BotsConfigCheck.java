package dev.gatefold.bots;

import com.google.common.base.Splitter;
import dev.gatefold.platform.startup.StartupCheck;
import dev.gatefold.platform.startup.StartupSettings;
import java.util.List;

/** Reports lists of crawler addresses that cannot be read, and domains that are too broad to identify a crawler. */
public final class BotsConfigCheck implements StartupCheck {
    private static final String IP_LISTS = "gatefold.bots.ip-lists";
    private static final String DOMAINS = "gatefold.bots.domains";

    @Override
    public void check(StartupSettings settings) {
        for (String path : values(settings, IP_LISTS)) {
            if (!StartupSettings.isReadable(path)) {
                settings.error(IP_LISTS, "names " + path + ", which cannot be read");
            }
        }
        try {
            CrawlerDomains.of(values(settings, DOMAINS));
        } catch (IllegalArgumentException e) {
            settings.error(DOMAINS, e.getMessage());
        }
    }

    private static List<String> values(StartupSettings settings, String property) {
        return Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .splitToList(settings.value(property).orElse(""));
    }
}
