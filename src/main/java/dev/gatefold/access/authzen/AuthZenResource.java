package dev.gatefold.access.authzen;

import dev.gatefold.access.authzen.AuthZen.EvaluationReader;
import dev.gatefold.access.authzen.AuthZen.EvaluationRequest;
import dev.gatefold.access.authzen.AuthZen.EvaluationResponse;
import dev.gatefold.access.authzen.AuthZen.EvaluationSubject;
import dev.gatefold.access.authzen.AuthZen.EvaluationsRequest;
import dev.gatefold.access.authzen.AuthZen.EvaluationsResponse;
import dev.gatefold.access.authzen.EvaluationBatch.ReaderArticles;
import dev.gatefold.access.decide.AccessDecider;
import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.decide.RequestContext;
import dev.gatefold.access.http.AccessParams;
import dev.gatefold.access.http.DecisionCacheHeaders;
import dev.gatefold.access.http.ReaderResolver;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.tracing.TraceMode;
import dev.gatefold.web.endpoint.OptionalBearerToken;
import dev.gatefold.web.endpoint.Traced;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Decides access as a policy decision point of OpenID AuthZEN 1.0. */
@Path("/access/v1")
@OptionalBearerToken
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
final class AuthZenResource {
    private final AccessDecider decider;
    private final ReaderResolver readers;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    AuthZenResource(
            AccessDecider decider,
            ReaderResolver readers,
            CurrentCatalog catalog,
            SecurityIdentity identity,
            Clock clock) {
        this.decider = decider;
        this.readers = readers;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @Traced(TraceMode.SAMPLED)
    @Path("/evaluation")
    @Operation(
            operationId = "evaluateAccess",
            summary = "Evaluate access (OpenID AuthZEN 1.0)",
            description =
                    "A denial is returned with status 200 and decision false. The context is the complete decision.")
    public Uni<RestResponse<EvaluationResponse>> evaluate(
            @NotNull EvaluationRequest request, @BeanParam AccessParams params) {
        return evaluate(request, params, clock.instant()).map(DecisionCacheHeaders::notStored);
    }

    private Uni<EvaluationResponse> evaluate(EvaluationRequest request, AccessParams params, Instant now) {
        request.verify("");
        Article article = request.resource().articleRef().resolve(catalog.get(), "/resource/");
        return decide(request.evaluationReader(), List.of(article), params, now)
                .map(decisions -> EvaluationResponse.of(decisions.getFirst()));
    }

    @POST
    @Traced(TraceMode.SAMPLED)
    @Path("/evaluations")
    @Operation(
            operationId = "evaluateAccessBatch",
            summary = "Evaluate access to several articles (OpenID AuthZEN 1.0)",
            description = "Accepts up to 100 requests and returns all decisions (execute_all) in the same order. "
                    + "Members that a request lacks are taken from the batch.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {EvaluationsResponse.class, EvaluationResponse.class})))
    public Uni<RestResponse<Object>> evaluateAll(@NotNull EvaluationsRequest batch, @BeanParam AccessParams params) {
        Instant now = clock.instant();
        if (batch.evaluations() == null || batch.evaluations().isEmpty()) {
            EvaluationRequest only = new EvaluationRequest(null, null, null, null).orElse(batch);
            return evaluate(only, params, now).map(DecisionCacheHeaders::notStored);
        }
        batch.verify();
        EvaluationBatch evaluations = new EvaluationBatch(batch, catalog.get());
        return Multi.createFrom()
                .iterable(evaluations.readers())
                .onItem()
                .transformToUniAndConcatenate(reader -> evaluate(evaluations, reader, params, now))
                .collect()
                .last()
                .map(_ -> DecisionCacheHeaders.notStored(evaluations.response()));
    }

    private Uni<EvaluationBatch> evaluate(
            EvaluationBatch batch, ReaderArticles reader, AccessParams params, Instant now) {
        try {
            return decide(reader.reader(), reader.articles(), params, now).map(decisions -> {
                batch.conclude(reader, decisions);
                return batch;
            });
        } catch (UnauthorizedException e) {
            batch.fail(reader, unauthenticated());
        } catch (Problem problem) {
            batch.fail(reader, problem);
        }
        return Uni.createFrom().item(batch);
    }

    private static Problem unauthenticated() {
        return new Problem(
                401,
                "unauthenticated",
                "Not authenticated",
                "Send a valid bearer token to ask for a reader",
                List.of());
    }

    private Uni<List<Decision>> decide(
            EvaluationReader reader, List<Article> articles, AccessParams params, Instant now) {
        RequestContext context = readers.requestContext(identity, params, reader.country());
        return decider.decide(new AccessQuery(reader(reader.subject(), now), articles, context, now));
    }

    /** Returns the subject as reader. Only services may name other readers than the caller. */
    private Reader reader(EvaluationSubject subject, Instant now) {
        if (subject.isVisitor()) {
            Optional<String> token = Optional.of(subject.id()).filter(id -> !id.isBlank());
            return readers.resolveVisitor(token, now);
        }
        Caller caller = Caller.of(identity);
        String issuer = AuthZen.text(subject.properties(), "issuer");
        Identity named = caller.token()
                .map(token -> issuer == null ? token.getIssuer() : issuer)
                .map(it -> ReaderResolver.parseIdentity(it, subject.id()))
                .orElseThrow(UnauthorizedException::new);
        if (!caller.isService() && caller.reader().filter(named::equals).isEmpty()) {
            throw Problem.forbidden("Only callers with role service may name another reader");
        }
        return new Reader(Optional.of(named), Optional.empty());
    }
}
