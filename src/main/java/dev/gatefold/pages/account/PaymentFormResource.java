package dev.gatefold.pages.account;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.links.ReturnUrlResolver;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.subscriptions.change.BillingPortal;
import dev.gatefold.subscriptions.change.Cancellation;
import dev.gatefold.subscriptions.change.OpenInvoicePayment;
import dev.gatefold.subscriptions.change.SubscriptionResumption;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.MembershipAction;
import dev.gatefold.subscriptions.membership.Memberships;
import dev.gatefold.subscriptions.model.PortalFlow;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import dev.gatefold.web.http.PageMessage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Handles the forms with which a reader gets back in: pays an open invoice, or resumes the membership. */
@Path("/account")
@HtmlErrors
@RateLimitExempt
@Singleton
@PermitAll
class PaymentFormResource {
    private static final URI ACCOUNT = URI.create("/account");

    private final OpenInvoicePayment payment;
    private final SubscriptionResumption resumption;
    private final BillingPortal portal;
    private final Memberships memberships;
    private final ReturnUrlResolver returnUrls;
    private final ViewerResolver viewers;
    private final SiteConfig site;
    private final Clock clock;

    PaymentFormResource(
            OpenInvoicePayment payment,
            SubscriptionResumption resumption,
            BillingPortal portal,
            Memberships memberships,
            ReturnUrlResolver returnUrls,
            ViewerResolver viewers,
            SiteConfig site,
            Clock clock) {
        this.payment = payment;
        this.resumption = resumption;
        this.portal = portal;
        this.memberships = memberships;
        this.returnUrls = returnUrls;
        this.viewers = viewers;
        this.site = site;
        this.clock = clock;
    }

    /** Redirects to the hosted page of the open invoice, or to the account page if it has been paid. */
    @POST
    @Path("/pay")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response payOpenInvoice(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        try {
            return HtmlResponse.redirect(payment.url(reader(csrf, request), clock.instant()))
                    .build();
        } catch (Problem problem) {
            if ("nothing-due".equals(problem.code())) {
                return HtmlResponse.redirect(ACCOUNT)
                        .cookie(PageMessage.NOTHING_DUE.cookie())
                        .build();
            }
            throw problem;
        }
    }

    /** Undoes a cancellation, or resumes a paused subscription. Redirects to the payment or the portal if one is needed. */
    @POST
    @Path("/resume")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response resumeMembership(
            @FormParam("csrf") String csrf, @FormParam("article") String article, @Context HttpServerRequest request) {
        Identity reader = reader(csrf, request);
        Instant now = clock.instant();
        Optional<URI> articlePage = returnUrls.findArticle(article).map(it -> returnUrls.resolve(Optional.of(it)));
        boolean canceled = memberships.find(reader, now).allows(MembershipAction.KEEP);
        try {
            resumption.resume(reader, now);
        } catch (Problem problem) {
            if (Cancellation.isRefusal(problem)) {
                return done(Optional.empty(), PageMessage.CHANGE_REFUSED);
            }
            if (!"payment-method-required".equals(problem.code())) {
                throw problem;
            }
        }
        return canceled ? done(articlePage, PageMessage.CANCELLATION_UNDONE) : resumed(reader, articlePage);
    }

    /** Redirects to what is still missing: the payment of the open invoice, or a payment method. */
    private Response resumed(Identity reader, Optional<URI> articlePage) {
        Instant now = clock.instant();
        Membership membership = memberships.find(reader, now);
        if (membership.amountDue() != null && membership.amountDue().payUrl() != null) {
            return HtmlResponse.redirect(membership.amountDue().payUrl()).build();
        }
        if (membership.allows(MembershipAction.RESUME)) {
            URI backTo = articlePage.orElseGet(() -> URI.create(site.absoluteUrl(ACCOUNT.toString())));
            return HtmlResponse.redirect(portal.url(reader, PortalFlow.UPDATE_PAYMENT_METHOD, backTo, now))
                    .build();
        }
        return done(articlePage, PageMessage.MEMBERSHIP_RESUMED);
    }

    private static Response done(Optional<URI> articlePage, PageMessage message) {
        return HtmlResponse.redirect(articlePage.orElse(ACCOUNT))
                .cookie(message.cookie())
                .build();
    }

    private Identity reader(String csrf, HttpServerRequest request) {
        return viewers.requireFormSender(request, csrf, clock.instant())
                .reader()
                .orElseThrow();
    }
}
