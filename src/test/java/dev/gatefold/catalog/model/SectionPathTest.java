package dev.gatefold.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.catalog.TestCatalogs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionPathTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', nullValues = "-", textBlock = """
                    url                                             | section
                    https://a.example/story                         | ''
                    https://a.example/                              | ''
                    https://a.example/news/story                    | news
                    https://a.example/News//Markets/story?x=1       | news/markets
                    https://a.example/news/markets/                 | news
                    https://a.example/k%C3%BCche/story              | küche
                    https://a.example/küche/story                   | küche
                    https://a.example/ku%CC%88che/story             | küche
                    https://a.example/M%C3%A4rkte%20und%20mehr/s    | märkte und mehr
                    https://a.example/a%2Fb/story                   | a/b
                    https://a.example/a+b/story                     | a+b
                    https://a.example/100%25/story                  | 100%
                    https://a.example/100%/k%C3%BCche/story         | 100%/küche
                    """)
    void sectionIsFolderOfUrl(String url, String section) {
        assertThat(TestCatalogs.ofEachGate().articleByUrl(url, "url").section()).isEqualTo(section);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    outer | inner        | contains
                    ''    | news         | true
                    news  | news         | true
                    news  | news/markets | true
                    news  | newsletter   | false
                    news  | ''           | false
                    """)
    void sectionContainsItsSubsections(String outer, String inner, boolean contains) {
        assertThat(SectionPath.contains(outer, inner)).isEqualTo(contains);
    }
}
