package dev.gatefold.catalog.urls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizedUrlTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    written                                                             | canonical
                    https://www.example.com/a                                           | https://www.example.com/a
                    HTTP://WWW.Example.COM:80/a                                         | https://www.example.com/a
                    https://example.com:443                                             | https://example.com/
                    https://example.com./a                                              | https://example.com/a
                    https://example.com/a#top                                           | https://example.com/a
                    https://example.com/a?                                              | https://example.com/a
                    https://example.com/a?utm_source=x&id=7&fbclid=y                    | https://example.com/a?id=7
                    https://example.com/a?UTM_Source=x                                  | https://example.com/a
                    https://example.com/a?r=rss&wt_mc=1                                 | https://example.com/a?r=rss
                    https://bücher.example/ä                                            | https://xn--bcher-kva.example/%C3%A4
                    https://example.com/%7euser/%c3%a4                                  | https://example.com/~user/%C3%A4
                    https://example.com/a/../b/./c                                      | https://example.com/b/c
                    https://example.com/a/%2e%2E/b                                      | https://example.com/b
                    https://example.com/../../x                                         | https://example.com/x
                    https://example.com/a/b/..                                          | https://example.com/a/
                    https://example.com/a%2Fb                                           | https://example.com/a%2Fb
                    https://example.com/100%                                            | https://example.com/100%25
                    https://example.com\\a\\b                                           | https://example.com/a/b
                    https:\\\\example.com/a                                             | https://example.com/a
                    https:/example.com/a                                                | https://example.com/a
                    https://nytimes.com@evil.test/a                                     | https://evil.test/a
                    https://evil.test\\@nytimes.com/a                                   | https://evil.test/@nytimes.com/a
                    https://evil.test#@nytimes.com/a                                    | https://evil.test/
                    https://evil.test?@nytimes.com/a                                    | https://evil.test/?@nytimes.com/a
                    https://user:pass@example.com/a                                     | https://example.com/a
                    https://ex%61mple.com/a                                             | https://example.com/a
                    https://ｅｘａｍｐｌｅ。com/a                                          | https://example.com/a
                    https://example.com:8443/a                                          | https://example.com:8443/a
                    https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a    | https://www.example.com/a
                    https://cdn.ampproject.org/v/s/example.com/a?amp_js_v=0.1&usqp=mq33 | https://example.com/a
                    https://www.google.com/amp/s/www.example.com/a                      | https://www.example.com/a
                    https://www.google.co.uk/amp/example.com/a                          | https://example.com/a
                    """)
    void urlIsParsedAsBrowsersDo(String written, String canonical) {
        assertThat(NormalizedUrl.parse(written).canonicalUrl()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/a",
                "//example.com/a",
                "ftp://example.com/a",
                "javascript:alert(1)",
                "data:text/html,x",
                "https://",
                "https:///",
                "https://.example.com/",
                "https://example..com/",
                "https://exa mple.com/",
                "https://example.com:99999/",
                "https://example.com:80a/",
                "https://exam%00ple.com/",
                "https://example.com/a\u0000b",
                "https://example.com/a\nb",
                "https://ex%2fample.com/",
                "https://example.com%40evil.test/",
                "https://[::1",
                "https://[nonsense]/",
            })
    void invalidUrlIsRejected(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> NormalizedUrl.parse(written));
    }

    @Test
    void tooLongUrlIsRejected() {
        String written = "https://example.com/" + "a".repeat(NormalizedUrl.MAX_LENGTH);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormalizedUrl.parse(written))
                .withMessageContaining("longer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a/b?x=1&y=2",
                "http://www.example.com/a/b/?y=2&x=1",
                "https://m.example.com//a//b?x=1&y=2#comments",
                "https://amp.example.com/a/b?x=1&y=2&utm_medium=rss",
                "https://EXAMPLE.com:443/a/b?y=2&gclid=1&x=1",
            })
    void urlVariantsHaveSameArticleIdentity(String written) {
        assertThat(NormalizedUrl.parse(written).articleKey()).isEqualTo("example.com/a/b?x=1&y=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://10.1/"
            })
    void numericHostIsRecognisedAsIpAddress(String written) {
        assertThat(NormalizedUrl.parse(written).isIpAddress()).isTrue();
    }
}
