package dev.gatefold.catalog.tables;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports of sources and plans by administrators, and their effect on the catalog. */
@ServiceTest
class CatalogImportTest {
    private static final String TSV = "text/tab-separated-values";
    private static final int SEEDED = 190;
    private static final String ONE_LINE = "slug\tname\thosts\tgate\ncourier\tThe Courier\tcourier.example\tMEMBERS\n";

    @AfterEach
    void restoreSeededCatalog() throws IOException {
        importTable("sources", seededTable("sources.tsv")).statusCode(200);
        importTable("plans", seededTable("plans.tsv")).statusCode(200);
    }

    private static String seededTable(String name) throws IOException {
        try (InputStream file = CatalogImportTest.class.getResourceAsStream("/catalog/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ValidatableResponse importTable(String table, String body) {
        return withRole("admin")
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .defaultContentCharset(StandardCharsets.UTF_8)
                                .encodeContentTypeAs(TSV, ContentType.TEXT)))
                .contentType(TSV)
                .body(body)
                .put("/admin/v1/" + table)
                .then();
    }

    private static String sourceTableOf(int sources) {
        return IntStream.range(0, sources)
                .mapToObj(i -> "source-%1$d\tSource %1$d\tsource-%1$d.example\tMETERED\t5\tMONTH".formatted(i))
                .collect(Collectors.joining("\n", "slug\tname\thosts\tgate\tallowance\twindow\n", "\n"));
    }

    private static ValidatableResponse resolve(String url) {
        return visitor().queryParam("url", url).get("/v1/sources/resolve").then();
    }

    @Nested
    class SourceImport {
        @Test
        void tenThousandSourcesAreImportedInSeconds() {
            long start = System.nanoTime();

            importTable("sources", sourceTableOf(10_000))
                    .statusCode(200)
                    .body("added", is(10_000), "retired", is(SEEDED));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            resolve("https://www.source-9999.example/a").body("source.slug", is("source-9999"));
        }

        @Test
        void repeatedImportChangesNothing() throws IOException {
            importTable("sources", seededTable("sources.tsv"))
                    .statusCode(200)
                    .body("added", is(0), "changed", is(0), "unchanged", is(SEEDED), "retired", is(0));
        }

        @Test
        void invalidTableReportsAllErrorsAndChangesNothing() {
            importTable(
                            "sources",
                            sourceTableOf(5_000)
                                    + "Bad Slug\tX\tx.example\tOPEN\t\t\nbad-gate\tY\ty.example\tCLOSED\t\t\n")
                    .statusCode(400)
                    .body("code", is("invalid-input"))
                    .body("errors.pointer", hasItem("line 5002, column 1 (slug)"))
                    .body("errors.pointer", hasItem("line 5003, column 22 (gate)"))
                    .body("errors", hasSize(2));

            resolve("https://www.source-1.example/a").statusCode(404);
            resolve(MEMBERS_ONLY).body("source.slug", is("toms-guide"));
        }

        @Test
        void removedSourceIsRetiredAndCanReturn() throws IOException {
            importTable("sources", ONE_LINE).statusCode(200).body("added", is(1), "retired", is(SEEDED));
            resolve(MEMBERS_ONLY).statusCode(404);
            resolve("https://courier.example/a").body("source.slug", is("courier"));

            importTable("sources", seededTable("sources.tsv")).body("added", is(SEEDED), "retired", is(1));
            resolve(MEMBERS_ONLY).body("source.slug", is("toms-guide"));
        }

        @Test
        void importInvalidatesCachedSourceList() {
            String tag = visitor().get("/v1/sources").header("ETag");

            importTable("sources", ONE_LINE).statusCode(200);

            visitor()
                    .header("If-None-Match", tag)
                    .get("/v1/sources")
                    .then()
                    .statusCode(200)
                    .body("items.slug", is(List.of("courier")));
        }

        @Test
        void hostCanMoveToAnotherSource() {
            importTable("sources", ONE_LINE).statusCode(200);

            importTable("sources", ONE_LINE.replace("courier\tThe", "heir\tThe"))
                    .statusCode(200);

            resolve("https://courier.example/a").body("source.slug", is("heir"));
        }

        @Test
        void dryRunReportsChangesAndChangesNothing() {
            withRole("admin")
                    .contentType(TSV)
                    .body(ONE_LINE.getBytes(StandardCharsets.UTF_8))
                    .queryParam("dryRun", true)
                    .put("/admin/v1/sources")
                    .then()
                    .statusCode(200)
                    .body("added", is(1), "retired", is(SEEDED));

            resolve(MEMBERS_ONLY).body("source.slug", is("toms-guide"));
        }

        @Test
        void planCoveringUnknownSourceIsRejected() {
            importTable("plans", "slug\tname\ttrial_days\tcovers\tmonthly\nsome\tSome\t0\tno-such-source\t100 usd\n")
                    .statusCode(400)
                    .body("errors.pointer", everyItem(matchesPattern("line 2, column \\d+ \\(covers\\)")));
        }
    }

    @Nested
    class PlanImport {
        @Test
        void seededPlansAreMembershipAndSmallerPlan() {
            visitor()
                    .get("/v1/plans")
                    .then()
                    .body("items.slug", is(List.of("membership", "presse")))
                    .body("items[0].slug", is("membership"), "items[0].trialDays", is(14))
                    .body(
                            "items[0].nameTranslations.de",
                            is("Mitgliedschaft"),
                            "items[1].nameTranslations",
                            nullValue())
                    .body("items[0].prices.find { it.interval == 'MONTH' }.price.amount", is(999))
                    .body("items[0].prices.find { it.interval == 'YEAR' }.price.amount", is(9900));
        }

        @Test
        void removedPlanIsNoLongerSold() {
            importTable("plans", "slug\tname\ttrial_days\tcovers\tmonthly\nevery\tEverything\t7\t*\t1200 eur\n")
                    .statusCode(200)
                    .body("added", is(1), "retired", is(2));

            visitor().get("/v1/plans").then().body("items.slug", is(List.of("every")));
            visitor()
                    .queryParam("url", MEMBERS_ONLY)
                    .get("/v1/access")
                    .then()
                    .body("offers[0].plan", is("every"), "offers[0].trialDays", is(7));
        }
    }

    @Nested
    class CallersWithoutAdminRole {
        @ParameterizedTest
        @ValueSource(strings = {"reader", "service", "support"})
        void importRequiresAdminRole(String role) {
            withRole(role)
                    .contentType(TSV)
                    .body(ONE_LINE.getBytes(StandardCharsets.UTF_8))
                    .put("/admin/v1/sources")
                    .then()
                    .statusCode(403);
        }

        @Test
        void anonymousImportGets401() {
            visitor()
                    .contentType(TSV)
                    .body(ONE_LINE.getBytes(StandardCharsets.UTF_8))
                    .put("/admin/v1/sources")
                    .then()
                    .statusCode(401);
        }
    }
}
