package dev.gatefold.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.stripe.param.SubscriptionScheduleCreateParams;
import dev.gatefold.testing.MembershipScenario;
import dev.gatefold.testing.PageClient;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestCallers;
import dev.gatefold.testing.TestGrants;
import dev.gatefold.testing.TestPayments;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages about what the reader has just done: shown once, on the next page, in the reader's language. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class PageMessageTest {
    private static final Pattern MESSAGE = Pattern.compile("<p role=\"status\" class=\"note\">([^<]*)</p>");

    private static PageClient signIn(String reader, String language) {
        return PageClient.signIn(TestGrants.subjectOf(reader).get("subject"), language);
    }

    private static List<String> messages(PageClient browser, String path) {
        return MESSAGE.matcher(browser.getOnce(path).asString())
                .results()
                .map(message -> message.group(1))
                .toList();
    }

    @Test
    void cancellationAndItsUndoAreConfirmedOnce() {
        String reader = MembershipScenario.ACTIVE.createReader();
        PageClient browser = signIn(reader, "en");

        browser.post("/account/cancel", Map.of()).then().statusCode(303);

        assertThat(messages(browser, "/account"))
                .singleElement()
                .asString()
                .matches("Your membership is canceled and ends on \\w+ \\d+, \\d{4}\\.");
        assertThat(messages(browser, "/account")).isEmpty();

        browser.post("/account/resume", Map.of()).then().statusCode(303);

        assertThat(messages(browser, "/account")).containsExactly("Your membership continues.");
    }

    @Test
    void messageIsInLanguageOfReader() {
        PageClient browser = signIn(MembershipScenario.ACTIVE.createReader(), "de");

        browser.post("/account/cancel", Map.of());

        assertThat(messages(browser, "/account"))
                .singleElement()
                .asString()
                .matches("Ihre Mitgliedschaft ist gekündigt und endet am \\d+\\. \\w+ \\d{4}\\.");
    }

    @Test
    void messageIsKeptInHostOnlyCookieAndNotInUrl() {
        PageClient browser = signIn(MembershipScenario.ACTIVE.createReader(), "en");

        Response canceled = browser.post("/account/cancel", Map.of());

        assertThat(URI.create(canceled.header("Location")).getQuery()).isNull();
        assertThat(canceled.headers().getValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-gatefold-message=MEMBERSHIP_CANCELED")
                .contains("Secure")
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Lax");
    }

    @Test
    void paymentIsConfirmed() {
        assertThat(messageAfterCheckout("pay")).containsExactly("Thank you. You’re a member now.");
    }

    @Test
    void orderWithBankDebitIsConfirmed() {
        assertThat(messageAfterCheckout("pay-with-delay"))
                .containsExactly("Thank you. We have your order. Your bank usually needs a few days.");
    }

    @Test
    void paymentIsAnnouncedWhileStripeIsUnreachable() {
        String reader = TestCallers.newAccountToken();
        PageClient browser = signIn(reader, "en");
        URI back = TestPayments.actOnCheckoutPage(TestPayments.startCheckout(reader), "pay");
        TestPayments.setStripeApiMode("FAIL");

        browser.getOnce(back.getPath() + "?" + back.getQuery());

        assertThat(messages(browser, "/account"))
                .containsExactly("Thank you. We’re confirming your payment. Your account shows it shortly.");
    }

    private static List<String> messageAfterCheckout(String action) {
        String reader = TestCallers.newAccountToken();
        PageClient browser = signIn(reader, "en");
        URI back = TestPayments.actOnCheckoutPage(TestPayments.startCheckout(reader), action);
        browser.getOnce(back.getPath() + "?" + back.getQuery());
        return messages(browser, "/account");
    }

    @Test
    void pausedMembershipResumesWithCard() {
        String reader = MembershipScenario.PAUSED.createReader();
        PageClient browser = signIn(reader, "en");
        String subscription = TestPayments.callStripe(() -> TestPayments.stripeClient()
                .subscriptions()
                .list()
                .getData()
                .getFirst()
                .getId());
        TestPayments.setCardBehaviour(subscription, "GOOD");
        browser.post("/account/resume", Map.of()).then().statusCode(303);

        assertThat(messages(browser, "/account")).containsExactly("Welcome back. Your membership continues.");
        TestCallers.withBearerToken(reader).get("/v1/me/membership").then().body("state", is("ACTIVE"));
    }

    @Test
    void pausedMembershipWithoutCardLeadsToPayment() {
        PageClient browser = signIn(MembershipScenario.PAUSED.createReader(), "en");

        String next = browser.post("/account/resume", Map.of()).header("Location");

        assertThat(next).containsPattern("/portal/|/invoice/");
        assertThat(messages(browser, "/account")).isEmpty();
    }

    @Test
    void refusedChangeLeadsToPortal() {
        String reader = TestCallers.newAccountToken();
        String subscription = TestPayments.subscribe(reader);
        PageClient browser = signIn(reader, "en");
        browser.post("/account/cancel", Map.of()).then().statusCode(303);
        TestPayments.callStripe(() -> TestPayments.stripeClient()
                .subscriptionSchedules()
                .create(SubscriptionScheduleCreateParams.builder()
                        .setFromSubscription(subscription)
                        .build()));

        browser.post("/account/resume", Map.of()).then().statusCode(303);

        assertThat(messages(browser, "/account"))
                .containsExactly("Your membership can’t be changed here. Please use “Manage billing”.");
    }

    @Test
    void erasureIsConfirmedOnce() {
        PageClient browser = signIn(TestCallers.newAccountToken(), "en");

        Response erased = browser.post("/account/erasure", Map.of());

        assertThat(erased.header("Location")).endsWith("/account/deleted");
        assertThat(messages(browser, "/account/deleted")).containsExactly("Your account has been deleted.");
        assertThat(browser.getOnce("/account/deleted").statusCode()).isEqualTo(303);
    }

    @Test
    void unknownMessageIsIgnored() {
        assertThat(TestCallers.visitor()
                        .accept("text/html")
                        .cookie("__Host-gatefold-message", "<b>hello</b>")
                        .queryParam("url", TestCallers.MEMBERS_ONLY)
                        .get("/wall")
                        .asString())
                .doesNotContain("hello", "role=\"status\"");
    }
}
