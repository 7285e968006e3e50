package dev.gatefold.bots;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.net.InternetDomainName;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The domains below which crawlers have host names. */
final class CrawlerDomains {
    /**
     * A host name without escapes. The owner of an IP address chooses the name in reverse DNS, so it may contain escaped
     * dots or characters that a resolver interprets; such names are rejected.
     */
    private static final Pattern HOST_NAME = Pattern.compile("(?:[a-z0-9_-]{1,63}\\.)+[a-z0-9-]{1,63}");

    /** Maximum length of a host name (RFC 1035). */
    private static final int MAX_LENGTH = 253;

    private final Set<String> domains;

    private CrawlerDomains(Set<String> domains) {
        this.domains = domains;
    }

    /**
     * Parses and validates domains.
     *
     * @throws IllegalArgumentException if one is not a domain, or is a public suffix such as {@code com}, below which
     *     anyone can register a name
     */
    static CrawlerDomains of(Collection<String> domains) {
        return new CrawlerDomains(domains.stream().map(CrawlerDomains::parse).collect(Collectors.toUnmodifiableSet()));
    }

    private static String parse(String text) {
        String domain = normalize(text.strip());
        checkArgument(HOST_NAME.matcher(domain).matches(), "names \"%s\", which is not a domain", text);
        checkArgument(
                InternetDomainName.isValid(domain)
                        && !InternetDomainName.from(domain).isPublicSuffix(),
                "names \"%s\", below which anyone can register a name",
                text);
        return domain;
    }

    boolean areConfigured() {
        return !domains.isEmpty();
    }

    /** Returns true if a host name equals one of these domains or is below one. */
    boolean contains(String hostName) {
        String name = normalize(hostName);
        return name.length() <= MAX_LENGTH
                && HOST_NAME.matcher(name).matches()
                && domains.stream().anyMatch(domain -> name.equals(domain) || name.endsWith("." + domain));
    }

    private static String normalize(String name) {
        String lower = Ascii.toLowerCase(name);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
