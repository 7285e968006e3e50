package dev.gatefold.bots;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.OPEN;
import static dev.gatefold.testing.TestCallers.REGISTERED;
import static dev.gatefold.testing.TestCallers.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.catalog.TestCatalogs;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.testing.ServiceTest;
import io.restassured.RestAssured;
import io.restassured.parsing.Parser;
import io.restassured.response.ValidatableResponse;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The structured data for search engines: its format, its escaping and its caching. */
@ServiceTest
class PaywallMarkupTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeAll
    static void readLinkedData() {
        RestAssured.registerParser("application/ld+json", Parser.JSON);
    }

    private static ValidatableResponse markup(String slug, String url) {
        return visitor()
                .queryParam("url", url)
                .get("/v1/sources/" + slug + "/markup")
                .then();
    }

    @Test
    void markupMatchesGooglePaywallFormat() throws JsonProcessingException {
        String json = markup("toms-guide", MEMBERS_ONLY + "?utm_source=newsletter")
                .statusCode(200)
                .contentType(startsWith("application/ld+json"))
                .extract()
                .asString();

        assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree("""
                        {
                          "@context": "https://schema.org",
                          "@type": "NewsArticle",
                          "mainEntityOfPage": {"@type": "WebPage", "@id": "%s"},
                          "isAccessibleForFree": false,
                          "hasPart": {
                            "@type": "WebPageElement",
                            "isAccessibleForFree": false,
                            "cssSelector": ".gatefold-paywalled"
                          },
                          "isPartOf": {
                            "@type": ["CreativeWork", "Product"],
                            "name": "Tom's Guide",
                            "productID": "localhost:membership"
                          }
                        }
                        """.formatted(MEMBERS_ONLY)));
    }

    @Test
    void markupOfMeteredArticleNamesProduct() {
        markup("fortune", METERED + "a-story")
                .body("isAccessibleForFree", is(false), "hasPart.isAccessibleForFree", is(false))
                .body("isPartOf.productID", is("localhost:membership"));
    }

    @Test
    void markupOfRegisteredArticleNamesNoProduct() {
        markup("stern", REGISTERED)
                .body("isAccessibleForFree", is(false), "hasPart.isAccessibleForFree", is(false))
                .body("isPartOf", nullValue());
    }

    @Test
    void markupOfOpenArticleIsAccessibleForFree() {
        markup("the-guardian", OPEN)
                .body("isAccessibleForFree", is(true), "hasPart", nullValue(), "isPartOf", nullValue());
    }

    @Test
    void markupIsOnlyForArticlesOfItsSource() {
        markup("fortune", MEMBERS_ONLY).statusCode(404).body("code", is("not-found"));
        markup("toms-guide", "https://www.tomsguide.com.evil.test/ai").statusCode(404);
        markup("no-such-source", MEMBERS_ONLY).statusCode(404);
        markup("toms-guide", "nothing").statusCode(400).body("errors[0].pointer", is("url"));
        visitor().get("/v1/sources/toms-guide/markup").then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "<!--<script>",
                "\"}</script>",
                "%22%7D%3C%2Fscript%3E",
                "a?q=</script>&r=\"%22",
                "a?q=%3C/script%3E%22",
                "\\\",\"isAccessibleForFree\":true,\"x\":\""
            })
    void markupEscapesUrl(String path) throws JsonProcessingException {
        String json = markup("toms-guide", "https://www.tomsguide.com/ai/" + path)
                .statusCode(200)
                .body("isAccessibleForFree", is(false))
                .body("mainEntityOfPage.'@id'", startsWith("https://www.tomsguide.com/ai/"))
                .body(not(containsString("<")))
                .extract()
                .asString();

        assertThat(JSON.readTree(json).fieldNames())
                .toIterable()
                .containsExactly("@context", "@type", "mainEntityOfPage", "isAccessibleForFree", "hasPart", "isPartOf");
    }

    @Test
    void markupEscapesSourceName() throws JsonProcessingException {
        String name = "</script><b>\"";
        Optional<Plan> plan = TestCatalogs.ofEachGate().plan("all");
        PaywallMarkup markup =
                PaywallMarkup.of("https://example.com/", name, Gate.MEMBERS, plan, "gate.example.com", ".closed < p");

        String escaped = ScriptSafeJson.toJson(markup);

        assertThat(escaped).doesNotContain("<");
        assertThat(JSON.readTree(escaped).at("/isPartOf/name").asText()).isEqualTo(name);
        assertThat(JSON.readTree(escaped).at("/hasPart/cssSelector").asText()).isEqualTo(".closed < p");
    }

    @Test
    void markupIsCacheableAndRevalidatable() {
        String tag = markup("toms-guide", MEMBERS_ONLY)
                .header("Cache-Control", is("public, max-age=60"))
                .extract()
                .header("ETag");

        visitor()
                .header("If-None-Match", tag)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/sources/toms-guide/markup")
                .then()
                .statusCode(304)
                .body(is(""));
        visitor()
                .header("If-None-Match", tag)
                .queryParam("url", MEMBERS_ONLY + "-2")
                .get("/v1/sources/toms-guide/markup")
                .then()
                .statusCode(200);
    }

    @Test
    void markupPathDoesNotHideSourceEndpoints() {
        visitor().get("/v1/sources/toms-guide").then().statusCode(200).body("slug", is("toms-guide"));
        visitor().get("/v1/sources").then().statusCode(200);
        visitor()
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/sources/resolve")
                .then()
                .statusCode(200)
                .body("source.slug", is("toms-guide"));
    }
}
