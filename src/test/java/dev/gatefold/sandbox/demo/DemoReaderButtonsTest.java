package dev.gatefold.sandbox.demo;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.PageClient;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every demo reader is in the documented state, and every button that the account page offers leads on. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class DemoReaderButtonsTest {
    private static final Pattern FORM =
            Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN_FIELD = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    /** Forms that change the membership, which come after those that only open a page. */
    private static final List<String> CHANGES = List.of("/account/resume", "/account/trial", "/account/cancel");

    private static final Pattern OF_MEMBERSHIP =
            Pattern.compile("/account/(checkout|pay|payment-method|plan|portal|resume|trial|cancel)");

    private record AccountForm(String action, Map<String, String> fields) {
        static AccountForm of(MatchResult form) {
            return new AccountForm(
                    form.group(1),
                    HIDDEN_FIELD
                            .matcher(form.group(2))
                            .results()
                            .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2))));
        }
    }

    /** The reason of the decision about an article for members. */
    private static final Map<DemoPersona, String> REASONS = Map.ofEntries(
            Map.entry(DemoPersona.ANN, "MEMBER"),
            Map.entry(DemoPersona.BEN, "TRIAL"),
            Map.entry(DemoPersona.CLEO, "GRACE"),
            Map.entry(DemoPersona.DAN, "TRIAL_ENDED"),
            Map.entry(DemoPersona.EVE, "MEMBERSHIP_ENDED"),
            Map.entry(DemoPersona.FAY, "PAYMENT_FAILED"),
            Map.entry(DemoPersona.GUS, "MEMBERSHIP_REQUIRED"),
            Map.entry(DemoPersona.IVY, "NOT_IN_PLAN"),
            Map.entry(DemoPersona.JON, "TRIAL"),
            Map.entry(DemoPersona.KIM, "MEMBER"),
            Map.entry(DemoPersona.LEO, "PAUSED"),
            Map.entry(DemoPersona.MIA, "PAYMENT_PENDING"),
            Map.entry(DemoPersona.NOA, "MEMBER"),
            Map.entry(DemoPersona.OLI, "MEMBER"),
            Map.entry(DemoPersona.PIA, "PAYMENT_FAILED"),
            Map.entry(DemoPersona.QUIN, "COMPLIMENTARY"));

    @Inject
    DemoReaders demoReaders;

    @AfterEach
    void restoreEntitlements() {
        demoReaders.create();
    }

    /** One test, because the creation of all subscriptions takes a second. */
    @TestFactory
    Stream<DynamicTest> demoReadersAreInDocumentedStateAndTheirButtonsLeadOn() {
        JsonPath list = restore();
        long subscriptions = countSubscriptions();
        restore();
        assertThat(countSubscriptions()).as("after restoring again").isEqualTo(subscriptions);
        return Stream.of(DemoPersona.values())
                .filter(DemoPersona::hasAccount)
                .map(persona -> DynamicTest.dynamicTest(persona.user().name(), () -> visit(persona, list)));
    }

    private static JsonPath restore() {
        return visitor().post("/dev/readers").then().statusCode(200).extract().jsonPath();
    }

    private static long countSubscriptions() {
        return visitor().get("/dev/stripe/controls").jsonPath().getLong("counts.subscription");
    }

    private static void visit(DemoPersona persona, JsonPath list) {
        String listed =
                "readers.find { it.name == '%s' }.".formatted(persona.user().name());
        String token = list.getString(listed + "token");
        JsonPath membership = withBearerToken(token)
                .get("/v1/me/membership")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(membership.getString("state")).isEqualTo(list.getString(listed + "state"));
        withBearerToken(token)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .body("reason", is(REASONS.get(persona)));
        PageClient browser = PageClient.signIn(persona.user().subject(), "en");
        List<AccountForm> forms = forms(browser.get("/account").asString());
        assertThat(forms.stream().map(AccountForm::action).distinct().count())
                .as("buttons for %s", membership.getList("actions"))
                .isGreaterThanOrEqualTo(membership.getList("actions").size());
        forms.forEach(form -> press(browser, form));
    }

    private static List<AccountForm> forms(String page) {
        return FORM.matcher(page)
                .results()
                .map(AccountForm::of)
                .filter(form -> OF_MEMBERSHIP.matcher(form.action).matches())
                .sorted(Comparator.comparingInt(form -> CHANGES.indexOf(form.action)))
                .toList();
    }

    private static void press(PageClient browser, AccountForm form) {
        Response pressed = browser.post(form.action, form.fields);

        assertThat(pressed.statusCode()).as(form.action).isEqualTo(303);
        String next = pressed.header("Location");
        Response page = browser.get(next);
        assertThat(page.statusCode()).as(form.action + " leads to " + next).isEqualTo(200);
        assertThat(page.asString()).as(form.action).doesNotContain("refused", "{{");
    }
}
