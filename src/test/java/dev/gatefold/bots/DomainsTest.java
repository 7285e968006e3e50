package dev.gatefold.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainsTest {
    private final Domains domains = Domains.of(List.of("googlebot.com", " Search.MSN.com. "));

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    name                                       | held
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
                    # a dot within a label is no end of one
                    evil\\.googlebot.com                       | false
                    evil.test/x.googlebot.com                  | false
                    evil.test?.googlebot.com                   | false
                    x y.googlebot.com                          | false
                    # KELVIN SIGN is a k in lower case
                    \u212Aangaroo.googlebot.com                | false
                    """)
    void holdTheirOwnNamesOnly(String name, boolean held) {
        assertThat(domains.hold(name)).isEqualTo(held);
    }

    @Test
    void holdNoNameThatIsTooLong() {
        assertThat(domains.hold("a.".repeat(100) + "googlebot.com")).isTrue();
        assertThat(domains.hold("a.".repeat(150) + "googlebot.com")).isFalse();
    }

    @Test
    void holdNothingUnlessSet() {
        assertThat(Domains.of(List.of()).hold("crawl.googlebot.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "com", "co.uk", "github.io", "http://googlebot.com", "*.googlebot.com", "bot_x"})
    void areNotWhereAnybodyGetsAName(String domain) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Domains.of(List.of(domain)))
                .withMessageContaining("names \"" + domain + "\"");
    }
}
