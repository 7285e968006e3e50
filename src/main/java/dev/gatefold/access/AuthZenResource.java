package dev.gatefold.access;

import dev.gatefold.access.AuthZen.Asker;
import dev.gatefold.access.AuthZen.Request;
import dev.gatefold.access.AuthZen.Requests;
import dev.gatefold.access.AuthZen.Response;
import dev.gatefold.access.AuthZen.Responses;
import dev.gatefold.access.AuthZen.Subject;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.Caller;
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
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
final class AuthZenResource {
    private static final String AT = "/access/v1/evaluations#/evaluations/";

    private final Turnstile turnstile;
    private final Asking asking;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    AuthZenResource(
            Turnstile turnstile, Asking asking, CurrentCatalog catalog, SecurityIdentity identity, Clock clock) {
        this.turnstile = turnstile;
        this.asking = asking;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @Path("/evaluation")
    @Operation(
            summary = "May this subject read this article? As OpenID AuthZEN 1.0 asks it",
            description = "A denial is an answer: 200 with decision false, and our own answer as its context.")
    public Uni<RestResponse<Response>> evaluate(@NotNull Request request, @BeanParam Asking.Manner manner) {
        return one(request, manner, clock.instant()).map(Revalidation::unstored);
    }

    private Uni<Response> one(Request request, Asking.Manner manner, Instant now) {
        request.verify("");
        Article article = request.resource().article().in(catalog.get(), "/resource/");
        return decide(request.asker(), List.of(article), manner, now)
                .map(decisions -> Response.of(decisions.getFirst()));
    }

    @POST
    @Path("/evaluations")
    @Operation(
            summary = "May this subject read these articles? As OpenID AuthZEN 1.0 asks it",
            description = "Up to 100, all of them answered (execute_all), in the order asked. "
                    + "What is missing in one of them is taken from the request as a whole.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(oneOf = {Responses.class, Response.class})))
    public Uni<RestResponse<Object>> evaluateAll(@NotNull Requests batch, @BeanParam Asking.Manner manner) {
        Instant now = clock.instant();
        if (batch.evaluations() == null || batch.evaluations().isEmpty()) {
            Request only = new Request(null, null, null, null).orElse(batch);
            return one(only, manner, now).map(Revalidation::unstored);
        }
        batch.verify();
        Response[] answers = new Response[batch.evaluations().size()];
        Map<Asker, Map<Integer, Article>> byAsker = new LinkedHashMap<>();
        for (int i = 0; i < answers.length; i++) {
            try {
                Request request = batch.at(i);
                request.verify("/evaluations/" + i);
                Article article = request.resource().article().in(catalog.get(), "/evaluations/" + i + "/resource/");
                byAsker.computeIfAbsent(request.asker(), _ -> new LinkedHashMap<>())
                        .put(i, article);
            } catch (Problem problem) {
                answers[i] = Response.failed(problem, AT + i);
            }
        }
        return Multi.createFrom()
                .iterable(byAsker.entrySet())
                .onItem()
                .transformToUniAndConcatenate(asked -> fill(answers, asked.getKey(), asked.getValue(), manner, now))
                .collect()
                .last()
                .map(_ -> Revalidation.unstored(new Responses(List.of(answers))));
    }

    /** One subject's questions are one enquiry, however many they are. */
    private Uni<Response[]> fill(
            Response[] answers, Asker asker, Map<Integer, Article> asked, Asking.Manner manner, Instant now) {
        try {
            return decide(asker, List.copyOf(asked.values()), manner, now).map(decisions -> {
                Iterator<Decision> decision = decisions.iterator();
                asked.keySet().forEach(i -> answers[i] = Response.of(decision.next()));
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

    private static Uni<Response[]> failed(Response[] answers, Map<Integer, Article> asked, Problem problem) {
        asked.keySet().forEach(i -> answers[i] = Response.failed(problem, AT + i));
        return Uni.createFrom().item(answers);
    }

    private Uni<List<Decision>> decide(Asker asker, List<Article> articles, Asking.Manner manner, Instant now) {
        return turnstile.check(new Enquiry(
                reader(asker.subject(), now), articles, asking.circumstances(identity, manner, asker.country()), now));
    }

    /** A service names anybody; everybody else only asks for themselves. */
    private Reader reader(Subject subject, Instant now) {
        Caller caller = Caller.of(identity);
        if (subject.isVisitor()) {
            Optional<String> token = Optional.of(subject.id()).filter(id -> !id.isBlank());
            return asking.visitor(token, now);
        }
        String issuer = AuthZen.text(subject.properties(), "issuer");
        Identity named = caller.token()
                .map(token -> issuer == null ? token.getIssuer() : issuer)
                .map(it -> Asking.identity(it, subject.id()))
                .orElseThrow(UnauthorizedException::new);
        if (!caller.isService() && caller.reader().filter(named::equals).isEmpty()) {
            throw Problem.forbidden("Only a service asks in the name of another reader");
        }
        return new Reader(Optional.of(named), Optional.empty());
    }
}
