package dev.gatefold.subscriptions.checkout;

import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Term;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.model.BilledSubscriptions;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutSelection;
import dev.gatefold.subscriptions.model.CheckoutState;
import dev.gatefold.subscriptions.model.HostedPage;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestGrants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A checkout and a free trial that begin at the same time: no page that ignores the trial stays open. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class CheckoutDuringTrialStartTest {
    private static final CheckoutSelection MONTHLY = new CheckoutSelection("membership", BillingInterval.MONTH, null);

    @Inject
    OpenCheckout opening;

    @Inject
    CurrentReader readers;

    @Inject
    Checkouts checkouts;

    @Inject
    CheckoutClosing closing;

    @Inject
    BilledSubscriptions subscriptions;

    @Inject
    BillingProvider billing;

    @Inject
    Accounts accounts;

    @Inject
    EntitlementGrants grants;

    @Inject
    Session database;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private String token;
    private Identity reader;

    @BeforeEach
    void signUp() {
        token = newAccountToken();
        Map<String, String> subject = TestGrants.subjectOf(token);
        reader = new Identity(subject.get("issuer"), subject.get("subject"));
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private HostedPage open(OpenCheckout opening) {
        return opening.open(reader, MONTHLY, UUID.randomUUID().toString(), serviceNow())
                .page();
    }

    /** Returns a use case whose billing provider does something before it creates a page. */
    private OpenCheckout openingAfter(Consumer<Checkout> action) {
        var slow = (BillingProvider) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BillingProvider.class}, (_, method, arguments) -> {
                    if (method.getName().equals("openCheckout")) {
                        action.accept((Checkout) arguments[0]);
                    }
                    try {
                        return method.invoke(billing, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new OpenCheckout(readers, checkouts, closing, subscriptions, slow);
    }

    private Checkout stored(HostedPage page) {
        return checkouts.bySessionId(page.sessionId()).orElseThrow();
    }

    private static String pageStatus(String session) {
        return callStripe(
                () -> stripeClient().checkout().sessions().retrieve(session).getStatus());
    }

    private void startTrial() {
        withBearerToken(token).post("/v1/me/trial").then().statusCode(201);
    }

    @Test
    void trialThatStartsBeforeTheCheckoutIsStoredIsCarriedOver() throws Exception {
        AtomicReference<Future<HostedPage>> opened = new AtomicReference<>();
        Entitlement trial =
                Entitlement.forPlan(EntitlementBasis.TRIAL, "trial", "membership", Term.ofDays(serviceNow(), 14));

        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.findByIdentity(reader).orElseThrow();
            accounts.lock(account.id);
            opened.set(threads.submit(() -> open(opening)));
            // the standing has been read when the other transaction waits for the account
            await().atMost(Duration.ofSeconds(20)).until(this::isTransactionWaitingForLock);
            assertThat(grants.grantTrial(account, trial)).isTrue();
        });

        Checkout checkout = stored(opened.get().get());
        assertThat(checkout.trialUntil()).contains(trial.term().end());
        assertThat(checkout.state()).isEqualTo(CheckoutState.OPEN);
        assertThat(pageStatus(checkout.session())).isEqualTo("open");
    }

    private boolean isTransactionWaitingForLock() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("""
                        select exists (select from pg_stat_activity
                                       where datname = current_database() and wait_event_type = 'Lock'
                                         and query like '%from account where id = % for share%')
                        """, Boolean.class).getSingleResult());
    }

    @Test
    void trialThatStartsWhileThePageIsCreatedClosesThePage() {
        AtomicReference<Checkout> opened = new AtomicReference<>();
        OpenCheckout slow = openingAfter(checkout -> {
            opened.set(checkout);
            startTrial();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> checkouts.openOf(checkout.account()).isEmpty());
        });

        assertThatThrownBy(() -> open(slow))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("checkout-in-progress"));

        assertThat(pageStatus(opened.get().session())).isEqualTo("expired");
        assertThat(stored(open(opening)).trialUntil()).isPresent();
    }

    @Test
    void trialThatStartsAfterThePageIsCreatedClosesThePage() {
        Checkout checkout = stored(open(opening));

        startTrial();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> pageStatus(checkout.session()).equals("expired"));
    }

    @Test
    void closingThatHasNotSeenThePageClosesIt() {
        AtomicReference<Checkout> withoutPage = new AtomicReference<>();
        HostedPage page = open(openingAfter(withoutPage::set));
        assertThat(withoutPage.get().page()).isEmpty();

        assertThat(closing.close(withoutPage.get())).isEqualTo(CheckoutState.EXPIRED);

        assertThat(pageStatus(page.sessionId())).isEqualTo("expired");
        assertThat(stored(page).state()).isEqualTo(CheckoutState.EXPIRED);
    }
}
