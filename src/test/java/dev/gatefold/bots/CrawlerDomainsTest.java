package dev.gatefold.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which host names are below a configured domain, and which domains may be configured. */
class CrawlerDomainsTest {
    private final CrawlerDomains domains = CrawlerDomains.of(List.of("googlebot.com", " Search.MSN.com. "));

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    name                                       | contained
                    crawl-66-249-66-1.googlebot.com            | true
                    crawl-66-249-66-1.googlebot.com.           | true
                    CRAWL-66-249-66-1.GoogleBot.Com            | true
                    a.b.googlebot.com                          | true
                    googlebot.com                              | true
                    msnbot-157-55-39-1.search.msn.com          | true
                    msn.com                                    | false
                    mail.msn.com                               | false
                    evilgooglebot.com                          | false
                    crawl.evilgooglebot.com                    | false
                    googlebot.com.evil.test                    | false
                    com                                        | false
                    .googlebot.com                             | false
                    a..googlebot.com                           | false
                    googlebot.com..                            | false
                    # an escaped dot does not end a label
                    evil\\.googlebot.com                       | false
                    evil.test/x.googlebot.com                  | false
                    evil.test?.googlebot.com                   | false
                    x y.googlebot.com                          | false
                    # the lower case of the Kelvin sign is the letter k
                    \u212Aangaroo.googlebot.com                | false
                    """)
    void domainsContainOnlyTheirOwnNames(String name, boolean contained) {
        assertThat(domains.contains(name)).isEqualTo(contained);
    }

    @Test
    void tooLongNameIsNotContained() {
        assertThat(domains.contains("a.".repeat(100) + "googlebot.com")).isTrue();
        assertThat(domains.contains("a.".repeat(150) + "googlebot.com")).isFalse();
    }

    @Test
    void emptyDomainsContainNoName() {
        assertThat(CrawlerDomains.of(List.of()).contains("crawl.googlebot.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "com", "co.uk", "github.io", "http://googlebot.com", "*.googlebot.com", "bot_x"})
    void publicSuffixIsRejectedAsDomain(String domain) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrawlerDomains.of(List.of(domain)))
                .withMessageContaining("names \"" + domain + "\"");
    }
}
