package dev.gatefold.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatefold.catalog.SourceDefinition;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.urls.SourceHost;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of the tables of sources and plans. In the texts of this test {@code ;} stands for a tab. */
class TsvReadersTest {
    @Nested
    class SourceTables {
        @Test
        void lineIsParsedAsSource() {
            List<SourceDefinition> sources = SourceTsvReader.read(table("""
                            # a comment

                            slug;name;hosts;gate;allowance;window;country;language;zone;categories
                            courier;The Courier;https://www.courier.example/ m.courier.example/uk;metered;5;MONTH;uk;en-gb;Europe/London;general politics
                            post;The Post;post.example;OPEN;;;;;;
                            """));

            assertThat(sources)
                    .containsExactly(
                            new SourceDefinition(
                                    new Source(
                                            "courier",
                                            "The Courier",
                                            "gb",
                                            "en-GB",
                                            ZoneId.of("Europe/London"),
                                            List.of("general", "politics"),
                                            List.of(
                                                    new SourceHost("courier.example", ""),
                                                    new SourceHost("m.courier.example", "/uk"))),
                                    Policy.metered(5, CalendarWindow.MONTH)),
                            new SourceDefinition(
                                    new Source(
                                            "post",
                                            "The Post",
                                            null,
                                            null,
                                            ZoneOffset.UTC,
                                            List.of(),
                                            List.of(new SourceHost("post.example", ""))),
                                    Policy.of(Gate.OPEN)));
        }

        @ParameterizedTest
        @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                        line                                | where                        | what
                        Bad Slug;B;b.example;OPEN;;         | line 3, column 1 (slug)      | is not a slug
                        ;B;b.example;OPEN;;                 | line 3, column 1 (slug)      | is empty
                        a;B;b.example;OPEN;;                | line 3, column 1 (slug)      | line 2
                        b;;b.example;OPEN;;                 | line 3, column 3 (name)      | is empty
                        b;B;co.uk;OPEN;;                    | line 3, column 5 (hosts)     | public suffix
                        b;B;github.io;OPEN;;                | line 3, column 5 (hosts)     | public suffix
                        b;B;localhost;OPEN;;                | line 3, column 5 (hosts)     | public suffix
                        b;B;10.0.0.1;OPEN;;                 | line 3, column 5 (hosts)     | IP address
                        b;B;[::1];OPEN;;                    | line 3, column 5 (hosts)     | IP address
                        b;B;b.example:81;OPEN;;             | line 3, column 5 (hosts)     | port
                        b;B;www.a.example;OPEN;;            | line 3, column 5 (hosts)     | line 2
                        b;B;b.example b.example;OPEN;;      | line 3, column 5 (hosts)     | duplicated
                        b;B;b.example;SHUT;;                | line 3, column 15 (gate)     | none of
                        b;B;b.example;METERED;;             | line 3, column 15 (gate)     | needs both
                        b;B;b.example;OPEN;5;MONTH          | line 3, column 15 (gate)     | METERED
                        b;B;b.example;METERED;0;MONTH       | line 3, column 15 (gate)     | between 1 and 1000
                        b;B;b.example;METERED;many;MONTH    | line 3, column 23 (allowance) | whole number
                        b;B;b.example;METERED;5;YEAR        | line 3, column 25 (window)   | none of
                        b;B;b.example;OPEN                  | line 3                       | 4 cells
                        """)
        void sourceTableErrorsNameLineAndColumn(String line, String where, String what) {
            Problem problem = errorsOf("slug;name;hosts;gate;allowance;window\na;A;a.example;OPEN;;\n" + line);

            assertThat(problem.errors()).anySatisfy(error -> {
                assertThat(error.pointer()).isEqualTo(where);
                assertThat(error.detail()).contains(what);
            });
        }

        @Test
        void allSourceTableErrorsAreReported() {
            Problem problem = errorsOf("slug;name;hosts;gate;zone;country\nA;A;com;X;Mars;xx\nB;B;org;Y;Moon;yy");

            assertThat(problem.errors()).hasSize(10);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "# nothing",
                    "slug;name;hosts;gate",
                    "slug;name\na;A",
                    "slug;name;hosts;gate;colour\na;A;a.example;OPEN;red"
                })
        void tableWithoutValidHeaderOrRowsIsRejected(String text) {
            assertThat(errorsOf(text).errors()).isNotEmpty();
        }

        @Test
        void invalidUtf8IsRejected() {
            byte[] latin1 = table("slug;name;hosts;gate\na;Café;a.example;OPEN");
            byte[] broken = new String(latin1, StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);

            assertThat(catchThrowableOfType(Problem.class, () -> SourceTsvReader.read(broken)))
                    .hasMessageContaining("UTF-8");
        }

        private Problem errorsOf(String text) {
            return catchThrowableOfType(Problem.class, () -> SourceTsvReader.read(table(text)));
        }
    }

    @Nested
    class PlanTables {
        @Test
        void lineIsParsedAsPlan() {
            List<Plan> plans = PlanTsvReader.read(table("""
                            slug;name;name_de;trial_days;covers;monthly;yearly
                            all;All;Alle;14;*;999 usd;9900 usd
                            tech;Tech;;0;wired the-verge;499 eur;
                            """), Set.of("wired", "the-verge")::contains);

            assertThat(plans)
                    .containsExactly(
                            new Plan(
                                    "all",
                                    "All",
                                    Map.of("de", "Alle"),
                                    14,
                                    null,
                                    List.of(
                                            new PlanPrice(BillingInterval.MONTH, new Money(999, "usd")),
                                            new PlanPrice(BillingInterval.YEAR, new Money(9900, "usd")))),
                            new Plan(
                                    "tech",
                                    "Tech",
                                    Map.of(),
                                    0,
                                    Set.of("wired", "the-verge"),
                                    List.of(new PlanPrice(BillingInterval.MONTH, new Money(499, "eur")))));
        }

        @ParameterizedTest
        @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                        line                    | where                         | what
                        a;A;14;*;;              | line 2, column 10 (monthly)   | at least one price
                        a;A;14;*;9.99 usd;      | line 2, column 10 (monthly)   | whole number
                        a;A;14;*;999;           | line 2, column 10 (monthly)   | is not a price
                        a;A;14;*;999 USD;       | line 2, column 10 (monthly)   | lower-case
                        a;A;-1;*;999 usd;       | line 2, column 5 (trial_days) | between 0 and 365
                        a;A;14;absent;999 usd;  | line 2, column 8 (covers)     | not the slug of a source
                        a;A;14;;999 usd;        | line 2, column 8 (covers)     | is empty
                        """)
        void planTableErrorsNameLineAndColumn(String line, String where, String what) {
            Problem problem = catchThrowableOfType(
                    Problem.class,
                    () -> PlanTsvReader.read(table("slug;name;trial_days;covers;monthly;yearly\n" + line), _ -> false));

            assertThat(problem.errors()).anySatisfy(error -> {
                assertThat(error.pointer()).isEqualTo(where);
                assertThat(error.detail()).contains(what);
            });
        }
    }

    private static byte[] table(String text) {
        return text.replace(';', '\t').getBytes(StandardCharsets.UTF_8);
    }
}
