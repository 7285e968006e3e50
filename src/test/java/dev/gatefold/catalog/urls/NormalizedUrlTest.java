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
                    https://example.com/amp/news/a                                      | https://example.com/news/a
                    https://example.com/news/a/amp/                                     | https://example.com/news/a/
                    https://example.com/news/a.amp.html?a=1&amp;utm_source=x&amp;b=2    | https://example.com/news/a.html?a=1&b=2
                    https://example.com/amp                                             | https://example.com/
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
            strings = {
                "https://example.com/amp/news/a-1.html",
                "https://example.com/AMP/news/a-1.html",
                "https://example.com/%61mp/news/a-1.html",
                "https://example.com/news/amp/a-1.html",
                "https://example.com/news/a-1.html/amp",
                "https://example.com/news/a-1.html/amp/",
                "https://example.com/news/a-1.amp.html",
                "https://example.com/news/a-1~amp.html",
                "https://example.com/news/a-1-amp.html",
                "https://example.com/news/a-1.html!amp",
                "https://example.com/news/a-1.html.amp",
                "https://amp.example.com/amp/news/a-1.html",
                "https://example.com/news/a-1.html?amp",
                "https://example.com/news/a-1.html?amp=1",
                "https://example.com/news/a-1.html?outputType=amp",
                "https://example.com/news/a-1.html?view=amp",
                "https://example-com.cdn.ampproject.org/c/s/example.com/amp/news/a-1.html",
                "https://example.com/news/a-1.html?gaa_at=eafs&gaa_n=1&gaa_ts=2&gaa_sig=3",
                "https://example.com/news/a-1.html?mod=hp_lead_pos1",
                "https://example.com/news/a-1.html?at_medium=RSS&at_campaign=rss&AT_Link_ID=4",
                "https://example.com/news/a-1.html?share=twitter",
                "https://example.com/news/a-1.html?ref=homepage",
                "https://example.com/news/a-1.html?ref=a&amp;share=b",
                "https://example.com/news/a-1.html;jsessionid=0123ABCD",
                "https://example.com/news;v=1/a-1.html",
                "https://example.com//news//a-1.html",
                "https://example.com/news%2Fa-1.html",
                "https://example.com/news%2fa-1.html",
                "https://example.com/n%65ws/%2E/a-1.html",
            })
    void editionsAndTrackedLinksAreSameArticle(String written) {
        assertThat(NormalizedUrl.parse(written).articleKey()).isEqualTo("example.com/news/a-1.html?");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    one                                          | other
                    https://example.com/a                        | https://example.com/b
                    https://example.com/a                        | https://example.com/A
                    https://example.com/a?id=1                   | https://example.com/a?id=2
                    https://example.com/a?page=1                 | https://example.com/a
                    https://example.com/reviews/best-amp         | https://example.com/reviews/best
                    https://example.com/reviews/best-amp.html    | https://example.com/reviews/best.html
                    https://example.com/news/amplifiers          | https://example.com/news
                    https://example.com/news/ampeln-1.html       | https://example.com/news/eln-1.html
                    https://example.com/amp/4711                 | https://example.com/4711
                    https://example.com/news/story;art123,1      | https://example.com/news/story;art123,2
                    https://example.com/a?modul=1                | https://example.com/a
                    https://example.com/a?reference=1            | https://example.com/a
                    https://example.com/a?shared=1               | https://example.com/a
                    https://example.com/a?at=1                   | https://example.com/a
                    https://example.com/a?q=amp                  | https://example.com/a
                    https://example.com/a%3Fb                    | https://example.com/a?b
                    https://sports.example.com/a                 | https://example.com/a
                    """)
    void differentArticlesHaveDifferentKeys(String one, String other) {
        assertThat(NormalizedUrl.parse(one).articleKey())
                .isNotEqualTo(NormalizedUrl.parse(other).articleKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://10.1/"
            })
    void numericHostIsRecognisedAsIpAddress(String written) {
        assertThat(NormalizedUrl.parse(written).isIpAddress()).isTrue();
    }
}
