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
 * Reads an IP list in the format of Google, Bing, Apple, OpenAI and others:
 * {@code {"prefixes": [{"ipv4Prefix": "66.249.64.0/27"}, {"ipv6Prefix": "2001:4860:4801:10::/64"}]}}.
 */
final class PublishedIpListReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedIpListReader() {}

    /**
     * Reads the prefixes of a list. Ignores unknown members, and skips prefixes that are too wide.
     *
     * @throws IOException if the file cannot be read, a prefix is invalid, or there is no prefix
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
            throw new IOException("The list has no IP prefixes");
        }
        return prefixes;
    }

    private static void add(List<IpPrefix> prefixes, String text, Path file) throws IOException {
        IpPrefix prefix;
        try {
            prefix = IpPrefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + text + "\" is not an IP prefix", e);
        }
        if (prefix.isTooWide()) {
            Log.errorf("Skipped the prefix %s in %s: it is too wide to be a crawler's", text, file);
        } else {
            prefixes.add(prefix);
        }
    }
}
