package dev.gatefold.access.authzen;

import dev.gatefold.access.authzen.AuthZen.EvaluationReader;
import dev.gatefold.access.authzen.AuthZen.EvaluationRequest;
import dev.gatefold.access.authzen.AuthZen.EvaluationResponse;
import dev.gatefold.access.authzen.AuthZen.EvaluationSubject;
import dev.gatefold.access.authzen.AuthZen.EvaluationsRequest;
import dev.gatefold.access.authzen.AuthZen.EvaluationsResponse;
import dev.gatefold.access.decide.AccessDecider;
import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Reader;
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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/access/v1")
@OptionalBearerToken
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
final class AuthZenResource {
    private static final String AT = "/access/v1/evaluations#/evaluations/";

    private final AccessDecider turnstile;
    private final ReaderResolver asking;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    AuthZenResource(
            AccessDecider turnstile,
            ReaderResolver asking,
            CurrentCatalog catalog,
            SecurityIdentity identity,
            Clock clock) {
        this.turnstile = turnstile;
        this.asking = asking;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @Traced(TraceMode.SAMPLED)
    @Path("/evaluation")
    @Operation(
            summary = "May this subject read this article? As OpenID AuthZEN 1.0 asks it",
            description = "A denial is an answer: 200 with decision false, and our own answer as its context.")
    public Uni<RestResponse<EvaluationResponse>> evaluate(
            @NotNull EvaluationRequest request, @BeanParam ReaderResolver.AccessParams manner) {
        return one(request, manner, clock.instant()).map(DecisionCacheHeaders::notStored);
    }

    private Uni<EvaluationResponse> one(EvaluationRequest request, ReaderResolver.AccessParams manner, Instant now) {
        request.verify("");
        Article article = request.resource().articleRef().resolve(catalog.get(), "/resource/");
        return decide(request.evaluationReader(), List.of(article), manner, now)
                .map(decisions -> EvaluationResponse.of(decisions.getFirst()));
    }

    @POST
    @Traced(TraceMode.SAMPLED)
    @Path("/evaluations")
    @Operation(
            summary = "May this subject read these articles? As OpenID AuthZEN 1.0 asks it",
            description = "Up to 100, all of them answered (execute_all), in the order asked. "
                    + "What is missing in one of them is taken from the request as a whole.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {EvaluationsResponse.class, EvaluationResponse.class})))
    public Uni<RestResponse<Object>> evaluateAll(
            @NotNull EvaluationsRequest batch, @BeanParam ReaderResolver.AccessParams manner) {
        Instant now = clock.instant();
        if (batch.evaluations() == null || batch.evaluations().isEmpty()) {
            EvaluationRequest only = new EvaluationRequest(null, null, null, null).orElse(batch);
            return one(only, manner, now).map(DecisionCacheHeaders::notStored);
        }
        batch.verify();
        EvaluationResponse[] answers =
                new EvaluationResponse[batch.evaluations().size()];
        Map<EvaluationReader, Map<Integer, Article>> byAsker = new LinkedHashMap<>();
        for (int i = 0; i < answers.length; i++) {
            try {
                EvaluationRequest request = batch.requestAt(i);
                request.verify("/evaluations/" + i);
                Article article =
                        request.resource().articleRef().resolve(catalog.get(), "/evaluations/" + i + "/resource/");
                byAsker.computeIfAbsent(request.evaluationReader(), _ -> new LinkedHashMap<>())
                        .put(i, article);
            } catch (Problem problem) {
                answers[i] = EvaluationResponse.failed(problem, AT + i);
            }
        }
        return Multi.createFrom()
                .iterable(byAsker.entrySet())
                .onItem()
                .transformToUniAndConcatenate(asked -> fill(answers, asked.getKey(), asked.getValue(), manner, now))
                .collect()
                .last()
                .map(_ -> DecisionCacheHeaders.notStored(new EvaluationsResponse(List.of(answers))));
    }

    /** One subject's questions are one enquiry, however many they are. */
    private Uni<EvaluationResponse[]> fill(
            EvaluationResponse[] answers,
            EvaluationReader asker,
            Map<Integer, Article> asked,
            ReaderResolver.AccessParams manner,
            Instant now) {
        try {
            return decide(asker, List.copyOf(asked.values()), manner, now).map(decisions -> {
                Iterator<Decision> decision = decisions.iterator();
                asked.keySet().forEach(i -> answers[i] = EvaluationResponse.of(decision.next()));
                return answers;
            });
        } catch (UnauthorizedException e) {
            return failed(answers, asked, unauthenticated());
        } catch (Problem problem) {
            return failed(answers, asked, problem);
        }
    }

    private static Problem unauthenticated() {
        return new Problem(
                401,
                "unauthenticated",
                "Not signed in",
                "A valid bearer token is needed to ask of a reader",
                List.of());
    }

    private static Uni<EvaluationResponse[]> failed(
            EvaluationResponse[] answers, Map<Integer, Article> asked, Problem problem) {
        asked.keySet().forEach(i -> answers[i] = EvaluationResponse.failed(problem, AT + i));
        return Uni.createFrom().item(answers);
    }

    private Uni<List<Decision>> decide(
            EvaluationReader asker, List<Article> articles, ReaderResolver.AccessParams manner, Instant now) {
        return turnstile.decide(new AccessQuery(
                reader(asker.subject(), now), articles, asking.requestContext(identity, manner, asker.country()), now));
    }

    /** A service names anybody; everybody else only asks for themselves. */
    private Reader reader(EvaluationSubject subject, Instant now) {
        Caller caller = Caller.of(identity);
        if (subject.isVisitor()) {
            Optional<String> token = Optional.of(subject.id()).filter(id -> !id.isBlank());
            return asking.resolveVisitor(token, now);
        }
        String issuer = AuthZen.text(subject.properties(), "issuer");
        Identity named = caller.token()
                .map(token -> issuer == null ? token.getIssuer() : issuer)
                .map(it -> ReaderResolver.parseIdentity(it, subject.id()))
                .orElseThrow(UnauthorizedException::new);
        if (!caller.isService() && caller.reader().filter(named::equals).isEmpty()) {
            throw Problem.forbidden("Only a service asks in the name of another reader");
        }
        return new Reader(Optional.of(named), Optional.empty());
    }
}
