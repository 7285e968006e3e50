package dev.gatefold.bots;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.net.InternetDomainName;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The domains under which crawlers' addresses are named. */
final class CrawlerDomains {
    /** Whoever holds an address writes its name: no dot that is not one between labels, nothing that resolvers read. */
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9_-]{1,63}\\.)+[a-z0-9-]{1,63}");

    private static final int LONGEST = 253;

    private final Set<String> domains;

    private CrawlerDomains(Set<String> domains) {
        this.domains = domains;
    }

    /** @throws IllegalArgumentException that says which is none, or would let in anybody who registers a name */
    static CrawlerDomains of(Collection<String> written) {
        return new CrawlerDomains(
                written.stream().map(CrawlerDomains::checked).collect(Collectors.toUnmodifiableSet()));
    }

    private static String checked(String written) {
        String domain = plain(written.strip());
        checkArgument(NAME.matcher(domain).matches(), "names \"%s\", which is not a domain", written);
        checkArgument(
                InternetDomainName.isValid(domain)
                        && !InternetDomainName.from(domain).isPublicSuffix(),
                "names \"%s\", under which anybody gets a name",
                written);
        return domain;
    }

    boolean areConfigured() {
        return !domains.isEmpty();
    }

    /** Whether a name is one of these domains, or below one. */
    boolean contains(String name) {
        String plain = plain(name);
        return plain.length() <= LONGEST
                && NAME.matcher(plain).matches()
                && domains.stream().anyMatch(domain -> plain.equals(domain) || plain.endsWith("." + domain));
    }

    private static String plain(String name) {
        String lower = Ascii.toLowerCase(name);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
