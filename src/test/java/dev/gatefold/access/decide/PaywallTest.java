package dev.gatefold.access.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.decide.Ruling.Denial;
import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.meter.Meter;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.TestCatalogs;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Term;
import dev.gatefold.web.endpoint.EndpointLinks;
import dev.gatefold.web.endpoint.TestEndpointLinks;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rulings by gate and entitlements, as a table. Entitlements are written as {@code BASIS plan from..until}, in days from
 * now. A {@code visitor} is signed out, a {@code stranger} is signed in without an account, and an {@code account} never had
 * an entitlement. A billing status may follow.
 */
class PaywallTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Identity IDENTITY = new Identity("https://issuer.example", "reader");

    /** Plan {@code all} opens every source, {@code few} all but the members-only source. */
    private static final Catalog CATALOG = TestCatalogs.ofEachGate();

    private static final EndpointLinks LINKS = TestEndpointLinks.create();

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    gate       | reader                                       | ruling              | offers                      | changes
                    OPEN       | visitor                                      | OPEN                |                             |
                    OPEN       | MEMBER all -10..20                           | OPEN                |                             |
                    OPEN       | GRACE all -20..-6                            | OPEN                |                             |

                    REGISTERED | visitor                                      | SIGN_UP_REQUIRED    | SIGN_UP SIGN_IN             |
                    REGISTERED | stranger                                     | SIGN_UP_REQUIRED    | SIGN_UP                     |
                    REGISTERED | account                                      | REGISTERED          |                             |
                    REGISTERED | TRIAL all -20..-6                            | REGISTERED          |                             |
                    REGISTERED | MEMBER all -10..20                           | REGISTERED          |                             |

                    METERED    | visitor                                      | ration              |                             |
                    METERED    | account                                      | ration              |                             |
                    METERED    | MEMBER all 3..20                             | ration              |                             | 3
                    METERED    | TRIAL all -20..-6                            | ration              |                             |
                    METERED    | TRIAL all -4..10                             | TRIAL               |                             | 10
                    METERED    | MEMBER all -10..20                           | MEMBER              |                             | 20
                    METERED    | GIFT few -10..20                             | GIFT                |                             | 20

                    MEMBERS    | visitor                                      | SIGN_UP_REQUIRED    | SIGN_UP SIGN_IN             |
                    MEMBERS    | stranger                                     | SIGN_UP_REQUIRED    | SIGN_UP                     |
                    MEMBERS    | account                                      | MEMBERSHIP_REQUIRED | START_TRIAL SUBSCRIBE       |
                    MEMBERS    | TRIAL all -4..10                             | TRIAL               |                             | 10
                    MEMBERS    | TRIAL all -14..0                             | TRIAL_ENDED         | SUBSCRIBE                   |
                    MEMBERS    | TRIAL all -20..-6                            | TRIAL_ENDED         | SUBSCRIBE                   |
                    MEMBERS    | MEMBER all -10..20                           | MEMBER              |                             | 20
                    MEMBERS    | MEMBER all 0..30                             | MEMBER              |                             | 30
                    MEMBERS    | MEMBER all -40..-10                          | MEMBERSHIP_ENDED    | RESUBSCRIBE                 |
                    MEMBERS    | MEMBER all 5..35                             | MEMBERSHIP_REQUIRED | START_TRIAL SUBSCRIBE       | 5
                    MEMBERS    | GRACE all -3..11                             | GRACE               |                             | 11
                    MEMBERS    | GRACE all -20..-6                            | MEMBERSHIP_ENDED    | RESUBSCRIBE                 |
                    # the billing status explains a denial, and prevents a second sale
                    MEMBERS    | GRACE all -20..-6, OVERDUE                   | PAYMENT_FAILED      | PAY_NOW UPDATE_PAYMENT      |
                    MEMBERS    | MEMBER all -40..-10, OVERDUE                 | PAYMENT_FAILED      | PAY_NOW UPDATE_PAYMENT      |
                    MEMBERS    | TRIAL all -20..-6, OVERDUE                   | PAYMENT_FAILED      | PAY_NOW UPDATE_PAYMENT      |
                    MEMBERS    | MEMBER all -40..-10, UNCOLLECTED             | PAYMENT_FAILED      | UPDATE_PAYMENT              |
                    MEMBERS    | MEMBER all -40..-10, REVERSED                | PAYMENT_FAILED      | UPDATE_PAYMENT              |
                    MEMBERS    | MEMBER all -40..-10, PAYMENT_IN_PROGRESS     | PAYMENT_PENDING     |                             |
                    MEMBERS    | account, PENDING                             | PAYMENT_PENDING     |                             |
                    MEMBERS    | account, FIRST_INVOICE_OPEN                  | PAYMENT_PENDING     | PAY_NOW                     |
                    MEMBERS    | TRIAL all -20..-6, RESUMPTION_UNPAID         | PAUSED              | PAY_NOW UPDATE_PAYMENT      |
                    MEMBERS    | TRIAL all -20..-6, PAUSED                    | PAUSED              | RESUME UPDATE_PAYMENT       |
                    MEMBERS    | MEMBER all -40..-10, CURRENT                 | PAYMENT_FAILED      | UPDATE_PAYMENT              |
                    MEMBERS    | GIFT all -1..364, OVERDUE                    | GIFT                |                             | 364
                    METERED    | account, PENDING                             | ration              |                             |
                    MEMBERS    | COMPLIMENTARY all -10..                      | COMPLIMENTARY       |                             |
                    MEMBERS    | COMPLIMENTARY all -10..-1                    | MEMBERSHIP_ENDED    | RESUBSCRIBE                 |
                    MEMBERS    | GIFT all -1..364                             | GIFT                |                             | 364
                    MEMBERS    | GIFT all -366..-1                            | MEMBERSHIP_ENDED    | RESUBSCRIBE                 |
                    MEMBERS    | HOUSEHOLD all -1..30                         | HOUSEHOLD           |                             | 30
                    MEMBERS    | HOUSEHOLD all -40..-1                        | MEMBERSHIP_ENDED    | RESUBSCRIBE                 |
                    MEMBERS    | PURCHASED all -1..1                          | PURCHASED           |                             | 1
                    MEMBERS    | PURCHASED all -2..-1                         | MEMBERSHIP_REQUIRED | START_TRIAL SUBSCRIBE       |
                    MEMBERS    | PENDING_PAYMENT all -1..7                    | PENDING_PAYMENT     |                             | 7
                    MEMBERS    | PENDING_PAYMENT all -9..-2                   | MEMBERSHIP_ENDED    | RESUBSCRIBE                 |
                    MEMBERS    | MEMBER few -10..20                           | NOT_IN_PLAN         | UPGRADE                     | 20
                    MEMBERS    | MEMBER few -10..20, CURRENT                  | NOT_IN_PLAN         | UPGRADE                     | 20
                    MEMBERS    | TRIAL few -4..10, CURRENT                    | NOT_IN_PLAN         | UPGRADE                     | 10
                    MEMBERS    | TRIAL few -4..10, PENDING                    | NOT_IN_PLAN         |                             | 10
                    MEMBERS    | GRACE few -3..11, OVERDUE                    | NOT_IN_PLAN         | PAY_NOW UPDATE_PAYMENT      | 11
                    MEMBERS    | MEMBER few -10..20, GRACE all -20..-6        | NOT_IN_PLAN         | UPGRADE                     | 20
                    MEMBERS    | MEMBER few -10..20, MEMBER all 20..50        | NOT_IN_PLAN         | UPGRADE                     | 20
                    MEMBERS    | TRIAL few -4..10                             | NOT_IN_PLAN         | SUBSCRIBE                   | 10
                    MEMBERS    | MEMBER gone -10..20                          | MEMBER              |                             | 20
                    # of several entitlements, the one with the latest end decides
                    MEMBERS    | TRIAL all -4..10, MEMBER all -1..29          | MEMBER              |                             | 29
                    MEMBERS    | TRIAL all -4..10, MEMBER all 10..40          | TRIAL               |                             | 10
                    MEMBERS    | TRIAL all -4..10, MEMBER all 5..35           | TRIAL               |                             | 5
                    MEMBERS    | MEMBER all -40..-10, TRIAL all -60..-46      | MEMBERSHIP_ENDED    | RESUBSCRIBE                 |
                    MEMBERS    | MEMBER all -40..-10, GRACE all -10..-3       | MEMBERSHIP_ENDED    | RESUBSCRIBE                 |
                    """)
    void paywallDecidesByGateAndEntitlements(
            Gate gate, String reader, String expected, String offers, Integer changes) {
        Source source = CATALOG.source(gate.name().toLowerCase(Locale.ROOT)).orElseThrow();
        Standing standing = standing(reader);

        Ruling ruling = rule(source, standing);

        String actual = switch (ruling) {
            case Verdict verdict -> verdict.reason().name();
            case Ration _ -> "ration";
        };
        assertThat(actual).isEqualTo(expected);
        assertThat(ruling.nextChange()).isEqualTo(changes == null ? Instant.MAX : day(changes));
        String offered = ruling instanceof Denial denial ? offerKinds(denial.reason(), reader, source) : "";
        assertThat(offered).isEqualTo(offers == null ? "" : offers);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    used | read before | reason          | remaining
                    0    | false       | METERED         | 5
                    4    | false       | METERED         | 1
                    5    | false       | METER_EXHAUSTED | 0
                    5    | true        | METERED         | 0
                    7    | false       | METER_EXHAUSTED | 0
                    7    | true        | METERED         | 0
                    """)
    void rationIsDecidedByMeter(int used, boolean readBefore, String reason, int remaining) {
        Ration ration = (Ration) rule(CATALOG.source("metered").orElseThrow(), standing("visitor"));

        Verdict verdict = ration.resolve(new MeterTally(used, readBefore));

        assertThat(verdict.reason().name()).isEqualTo(reason);
        assertThat(verdict.meter())
                .isEqualTo(new Meter("2026-11", 5, used, remaining, Instant.parse("2026-12-01T00:00:00Z"), "UTC"));
        assertThat(verdict.nextChange()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    who                | offers
                    visitor            | SIGN_UP SIGN_IN WAIT
                    stranger           | SIGN_UP WAIT
                    account            | START_TRIAL SUBSCRIBE WAIT
                    TRIAL all -20..-6  | SUBSCRIBE WAIT
                    GRACE all -20..-6, OVERDUE | PAY_NOW UPDATE_PAYMENT WAIT
                    account, PENDING   | WAIT
                    """)
    void exhaustedMeterAddsWaitOffer(String who, String offers) {
        Source source = CATALOG.source("metered").orElseThrow();

        assertThat(offerKinds(DenyReason.METER_EXHAUSTED, who, source)).isEqualTo(offers);
    }

    @Test
    void unknownSourceIsADecision() {
        Article unknown =
                new Article(Optional.empty(), "https://unknown.example/a", "unknown.example/a", "", Optional.empty());

        Ruling ruling = Paywall.rule(CATALOG, PaywallQuery.withoutBypass(unknown), standing("MEMBER all -10..20"), NOW);

        assertThat(ruling).isEqualTo(new Denial(null, DenyReason.SOURCE_UNKNOWN, Instant.MAX, null));
    }

    @Test
    void offerStatesPrice() {
        Source source = CATALOG.source("members").orElseThrow();
        OfferSelector offers = new OfferSelector(CATALOG, LINKS, reader("account"), Platform.WEB, NOW);

        assertThat(offers.select(
                        DenyReason.MEMBERSHIP_REQUIRED, standing("account"), Optional.of(source), Gate.MEMBERS))
                .containsExactly(
                        new Offer(
                                Offer.OfferKind.START_TRIAL,
                                14,
                                "all",
                                new Money(999, "usd"),
                                BillingInterval.MONTH,
                                "/v1/me/trial"),
                        new Offer(
                                Offer.OfferKind.SUBSCRIBE,
                                null,
                                "all",
                                new Money(999, "usd"),
                                BillingInterval.MONTH,
                                "/v1/me/checkout"));
    }

    @Test
    void offersInIosAppHaveNoPrice() {
        Source source = CATALOG.source("members").orElseThrow();
        OfferSelector offers = new OfferSelector(CATALOG, LINKS, reader("visitor"), Platform.IOS, NOW);

        assertThat(offers.select(DenyReason.SIGN_UP_REQUIRED, standing("visitor"), Optional.of(source), Gate.MEMBERS))
                .isNotEmpty()
                .allSatisfy(offer -> {
                    assertThat(offer.price()).isNull();
                    assertThat(offer.href()).doesNotContain("?");
                });
    }

    @Test
    void everyBasisHasGrantingReason() {
        assertThat(EntitlementBasis.values()).allSatisfy(basis -> {
            assertThat(GrantReason.of(basis).name()).isEqualTo(basis.name());
            assertThat(GrantReason.of(basis).grants()).isTrue();
        });
    }

    private static Ruling rule(Source source, Standing standing) {
        Article article = CATALOG.articleByReference(source.slug(), "a");
        return Paywall.rule(CATALOG, PaywallQuery.withoutBypass(article), standing, NOW);
    }

    private static String offerKinds(DenyReason reason, String who, Source source) {
        return new OfferSelector(CATALOG, LINKS, reader(who), Platform.WEB, NOW)
                .select(reason, standing(who), Optional.of(source), Gate.MEMBERS).stream()
                        .map(offer -> offer.kind().name())
                        .collect(Collectors.joining(" "));
    }

    private static Reader reader(String who) {
        return new Reader(who.equals("visitor") ? Optional.empty() : Optional.of(IDENTITY), Optional.empty());
    }

    static Standing standing(String who) {
        return switch (who) {
            case "visitor", "stranger" -> Standing.anonymous(NOW);
            default -> {
                List<String> parts = Arrays.asList(who.split(", "));
                yield standing(parts.stream()
                                .filter(part -> part.contains(" "))
                                .map(PaywallTest::right)
                                .toList())
                        .withBilling(Arrays.stream(BillingStatus.values())
                                .filter(status -> parts.contains(status.name()))
                                .findFirst()
                                .orElse(BillingStatus.NONE));
            }
        };
    }

    private static Standing standing(List<Entitlement> rights) {
        return new Standing(Optional.of(new UUID(0, 1)), rights.size(), rights, NOW, false);
    }

    private static Entitlement right(String text) {
        String[] words = text.split(" ");
        String[] days = words[2].split("\\.\\.", -1);
        Optional<Instant> until =
                Optional.of(days[1]).filter(day -> !day.isEmpty()).map(day -> day(Integer.parseInt(day)));
        Term term = new Term(day(Integer.parseInt(days[0])), until);
        return Entitlement.forPlan(EntitlementBasis.valueOf(words[0]), text, words[1], term);
    }

    private static Instant day(int days) {
        return NOW.plus(Duration.ofDays(days));
    }
}
