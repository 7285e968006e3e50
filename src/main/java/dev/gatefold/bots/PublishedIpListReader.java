package dev.gatefold.bots;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in the form that Google, Bing, Apple, OpenAI and others publish their crawlers' addresses in:
 * {@code {"prefixes": [{"ipv4Prefix": "66.249.64.0/27"}, {"ipv6Prefix": "2001:4860:4801:10::/64"}]}}.
 */
final class PublishedIpListReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedIpListReader() {}

    /**
     * Reads all of it; other members, and entries that are of neither kind, are for others.
     *
     * @throws IOException that says why it cannot be used: a list without any address is not a list
     */
    static List<IpPrefix> read(Path file) throws IOException {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(Files.readAllBytes(file)).path("prefixes")) {
            for (String member : List.of("ipv4Prefix", "ipv6Prefix")) {
                if (entry.has(member)) {
                    add(prefixes, entry.path(member).asText(), file);
                }
            }
        }
        if (prefixes.isEmpty()) {
            throw new IOException("it holds no prefix of addresses");
        }
        return prefixes;
    }

    private static void add(List<IpPrefix> prefixes, String text, Path file) throws IOException {
        IpPrefix prefix;
        try {
            prefix = IpPrefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + text + "\" is not a prefix of addresses", e);
        }
        if (prefix.isTooWide()) {
            Log.errorf("%s holds %s, which is too many addresses to be a crawler's; it is left out", file, text);
        } else {
            prefixes.add(prefix);
        }
    }
}
