package dev.gatefold.web.endpoint;

import jakarta.ws.rs.Path;
import java.util.List;

/** The links of the service, for tests that run without it. {@link EndpointLinksTest} checks that they are the same. */
public final class TestEndpointLinks {
    private TestEndpointLinks() {}

    public static EndpointLinks create() {
        return new EndpointLinks(List.of(TestEndpointLinks.class));
    }

    @Path("sign-up")
    @LinkedAs(LinkTarget.SIGN_UP)
    void signUp() {}

    @Path("sign-in")
    @LinkedAs(LinkTarget.SIGN_IN)
    void signIn() {}

    @Path("v1/me/trial")
    @LinkedAs(LinkTarget.START_TRIAL)
    void startTrial() {}

    @Path("v1/me/checkout")
    @LinkedAs(LinkTarget.CHECKOUT)
    void checkout() {}

    @Path("v1/me/portal")
    @LinkedAs(LinkTarget.BILLING_PORTAL)
    void openPortal() {}

    @Path("v1/me/payment")
    @LinkedAs(LinkTarget.PAY_OPEN_INVOICE)
    void payOpenInvoice() {}

    @Path("v1/me/subscription/resume")
    @LinkedAs(LinkTarget.RESUME_SUBSCRIPTION)
    void resumeSubscription() {}

    @Path("share/{code}")
    @LinkedAs(LinkTarget.SHARED_ARTICLE)
    void followShare() {}
}
