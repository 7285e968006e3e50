package dev.gatefold.pages;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.access.decide.Offer.OfferKind;
import dev.gatefold.subscriptions.membership.MembershipAction;
import dev.gatefold.testing.MembershipScenario;
import dev.gatefold.testing.PageClient;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestGrants;
import dev.gatefold.testing.TestPayments;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The account page, the wall, the embed and {@code GET /v1/me/membership} show the same state, dates, amounts and actions,
 * in every state and language.
 */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class MembershipSurfacesTest {
    private static final List<String> STATES_WITH_ACCESS = List.of("TRIAL", "ACTIVE", "GRACE", "CANCELING");
    private static final List<String> LANGUAGES = List.of("en", "en-GB", "de");
    private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"(/account/[^\"]*)\"");

    @ParameterizedTest
    @EnumSource
    void surfacesNeverContradictEachOther(MembershipScenario scenario) {
        String reader = scenario.createReader();
        TestPayments.runDueWork();
        String subject = TestGrants.subjectOf(reader).get("subject");
        PageClient.signIn(subject, "en").getOnce("/account"); // fetches a next payment that is old

        JsonPath membership = withBearerToken(reader).get("/v1/me/membership").jsonPath();
        JsonPath decision = withBearerToken(reader)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .jsonPath();
        assertThat(membership.getString("state")).isEqualTo(scenario.state());
        assertThat(decision.getBoolean("granted")).isEqualTo(STATES_WITH_ACCESS.contains(scenario.state()));
        for (String language : LANGUAGES) {
            PageClient browser = PageClient.signIn(subject, language);
            assertAccountShows(
                    browser.getOnce("/account").asString(),
                    membership,
                    Locale.forLanguageTag(language),
                    ZoneOffset.UTC);
            assertWallShows(browser.getOnce("/wall?url=" + MEMBERS_ONLY), decision, language.substring(0, 2));
        }
        if (decision.getString("billing") != null) {
            assertThat(decision.getString("billing")).isEqualTo(membership.getString("billing"));
        }
        assertActionsAgree(membership, decision);
        assertPaymentPage(reader, PageClient.signIn(subject, "en"), membership);
        assertSaleIsPossibleOnlyIfOffered(reader, membership);
    }

    /** The page has the buttons of the actions, in their order, and the amounts and dates of the membership. */
    private static void assertAccountShows(String page, JsonPath membership, Locale locale, ZoneId zone) {
        String section = unescaped(page.substring(page.indexOf("id=\"membership\""), page.indexOf("</section>")));
        List<String> forms = distinctNeighbours(
                FORM.matcher(section).results().map(form -> form.group(1)).toList());
        assertThat(forms)
                .isEqualTo(distinctNeighbours(actions(membership).stream()
                        .map(MembershipSurfacesTest::formOf)
                        .toList()));

        assertThat(section.contains(text(locale, "Next payment: ", "Nächste Zahlung: ")))
                .isEqualTo(membership.get("nextPayment") != null);
        if (membership.get("nextPayment") != null) {
            assertThat(section)
                    .contains(
                            money(membership, "nextPayment", locale), date(membership, "nextPayment.at", locale, zone));
        }
        assertThat(section.contains(text(locale, "Amount due: ", "Offener Betrag: ")))
                .isEqualTo(membership.get("amountDue") != null);
        if (membership.get("amountDue") != null) {
            assertThat(section)
                    .contains(
                            money(membership, "amountDue", locale), date(membership, "amountDue.since", locale, zone));
        }
        if (section.contains(text(locale, "You won’t be charged", "nichts abgebucht"))) {
            assertThat(membership.getString("noNextPaymentReason")).isEqualTo("NOTHING_DUE");
            assertThat(membership.<Object>get("amountDue")).isNull();
        }
        if (List.of("TRIAL", "GRACE", "CANCELING").contains(membership.getString("state"))) {
            assertThat(section).contains(date(membership, "accessUntil", locale, zone));
        }
    }

    /** The wall has the words of the embed and the buttons of the decision's offers. */
    private static void assertWallShows(Response wall, JsonPath decision, String language) {
        assertThat(wall.statusCode()).isEqualTo(decision.getBoolean("granted") ? 303 : 200);
        if (decision.getBoolean("granted")) {
            return;
        }
        Map<String, String> embed = embedTexts(language);
        String page = unescaped(wall.asString());
        String billing = decision.getString("billing");
        String reason = embed.containsKey(billing) ? billing : decision.getString("reason");
        String source = decision.getString("source.name");
        assertThat(page).contains(embed.get(reason).replace("{source}", source));
        assertThat(page).contains(embed.get(reason + "_TEXT").replace("{source}", source));
        List<String> kinds = decision.getList("offers.kind");
        List<String> labels = Pattern.compile("<button( class=\"first\")?>([^<]*)</button>")
                .matcher(page)
                .results()
                .map(button -> button.group(2))
                .toList();
        assertThat(labels).isEqualTo(kinds.stream().map(embed::get).toList());
    }

    private static void assertActionsAgree(JsonPath membership, JsonPath decision) {
        List<MembershipAction> actions = actions(membership);
        assertThat(actions.containsAll(List.of(MembershipAction.KEEP, MembershipAction.CANCEL)))
                .isFalse();
        List<MembershipAction> offered = decision.getList("offers.kind", String.class).stream()
                .map(kind -> actionOf(OfferKind.valueOf(kind)))
                .toList();
        assertThat(actions).containsAll(offered);
        if (!offered.isEmpty()) {
            assertThat(offered.getFirst()).isEqualTo(actions.getFirst());
        }
    }

    private static void assertPaymentPage(String reader, PageClient browser, JsonPath membership) {
        Response api = withBearerToken(reader).post("/v1/me/payment");
        Response form = browser.post("/account/pay", Map.of());
        assertThat(form.statusCode()).isEqualTo(303);
        if (actions(membership).contains(MembershipAction.PAY_NOW)) {
            assertThat(api.jsonPath().getString("url")).isEqualTo(membership.getString("amountDue.payUrl"));
            assertThat(form.header("Location")).isEqualTo(membership.getString("amountDue.payUrl"));
        } else {
            assertThat(api.statusCode()).isEqualTo(409);
            assertThat(form.header("Location")).endsWith("/account");
            assertThat(browser.getOnce("/account").asString()).contains("There is nothing to pay.");
        }
    }

    private static void assertSaleIsPossibleOnlyIfOffered(String reader, JsonPath membership) {
        int status = TestPayments.startCheckout(
                        reader,
                        TestPayments.monthlyMembership(),
                        UUID.randomUUID().toString())
                .statusCode();
        assertThat(status).isEqualTo(actions(membership).contains(MembershipAction.SUBSCRIBE) ? 201 : 409);
    }

    @Test
    void accountPageUsesTimeZoneOfReader() {
        String reader = MembershipScenario.ACTIVE.createReader();
        ZoneId zone = ZoneId.of("Pacific/Kiritimati");
        withBearerToken(reader)
                .body(Map.of("timeZone", zone.getId()))
                .patch("/v1/me")
                .then()
                .statusCode(200);
        PageClient browser = PageClient.signIn(TestGrants.subjectOf(reader).get("subject"), "en");

        String page = browser.getOnce("/account").asString();

        assertAccountShows(
                page, withBearerToken(reader).get("/v1/me/membership").jsonPath(), Locale.ENGLISH, zone);
    }

    private static List<MembershipAction> actions(JsonPath membership) {
        return membership.getList("actions", String.class).stream()
                .map(MembershipAction::valueOf)
                .toList();
    }

    private static String formOf(MembershipAction action) {
        return switch (action) {
            case START_TRIAL -> "/account/trial";
            case SUBSCRIBE -> "/account/checkout";
            case PAY_NOW -> "/account/pay";
            case UPDATE_PAYMENT -> "/account/payment-method";
            case CHANGE_PLAN -> "/account/plan";
            case RESUME, KEEP -> "/account/resume";
            case CANCEL -> "/account/cancel";
        };
    }

    private static MembershipAction actionOf(OfferKind offer) {
        return switch (offer) {
            case START_TRIAL -> MembershipAction.START_TRIAL;
            case SUBSCRIBE, RESUBSCRIBE -> MembershipAction.SUBSCRIBE;
            case PAY_NOW -> MembershipAction.PAY_NOW;
            case UPDATE_PAYMENT -> MembershipAction.UPDATE_PAYMENT;
            case RESUME -> MembershipAction.RESUME;
            case UPGRADE -> MembershipAction.CHANGE_PLAN;
            case SIGN_UP, SIGN_IN, WAIT -> throw new AssertionError(offer + " offered to a reader with an account");
        };
    }

    /** Returns the texts of the embed in a language, by key. */
    private static Map<String, String> embedTexts(String language) {
        String script = visitor().get("/gatefold.js").asString();
        int start = script.indexOf("  " + language + ": {\n");
        return Pattern.compile("(?m)^    (\\w+): \"(.*)\",$")
                .matcher(script.substring(start, script.indexOf("\n  }", start)))
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    /** Several plans on sale have one form each. */
    private static List<String> distinctNeighbours(List<String> forms) {
        List<String> distinct = new ArrayList<>();
        for (String form : forms) {
            if (distinct.isEmpty() || !distinct.getLast().equals(form)) {
                distinct.add(form);
            }
        }
        return distinct;
    }

    private static String text(Locale locale, String english, String german) {
        return locale.getLanguage().equals("de") ? german : english;
    }

    private static String money(JsonPath membership, String path, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(
                Currency.getInstance(membership.getString(path + ".currency").toUpperCase(Locale.ROOT)));
        return format.format(membership.getLong(path + ".amount") / 100.0);
    }

    private static String date(JsonPath membership, String path, Locale locale, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(zone)
                .format(Instant.parse(membership.getString(path)));
    }

    private static String unescaped(String html) {
        return Pattern.compile("&#39;|&quot;|&amp;").matcher(html).replaceAll(MembershipSurfacesTest::unescaped);
    }

    private static String unescaped(MatchResult entity) {
        return switch (entity.group()) {
            case "&#39;" -> "'";
            case "&quot;" -> "\"";
            default -> "&";
        };
    }
}
