package dev.gatefold.access.authzen;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.http.AccessResource;
import dev.gatefold.access.http.ArticleRef;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.problems.ProblemJson;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Request and response bodies of the OpenID AuthZEN Authorization API 1.0. The subject is a reader or a visitor, the action
 * is {@code read}, the resource is an article. Unknown members are ignored, as the specification requires.
 */
public final class AuthZen {
    static final String READER = "reader";
    static final String VISITOR = "visitor";
    static final String READ = "read";
    static final String ARTICLE = "article";

    private AuthZen() {}

    /**
     * Reader or visitor.
     *
     * @param type {@code reader}, {@code user} (the same) or {@code visitor}
     * @param id claim {@code sub} of a reader, or visitor token from {@code POST /v1/visitors}
     * @param properties {@code issuer} of a reader; by default the issuer of the caller's token
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "EvaluationSubject")
    record EvaluationSubject(String type, String id, Map<String, Object> properties) {
        boolean isVisitor() {
            return VISITOR.equals(type);
        }

        boolean isReader() {
            return READER.equals(type) || "user".equals(type);
        }
    }

    /** @param country country of the reader, as sent by a service; null if not sent */
    record EvaluationReader(EvaluationSubject subject, String country) {}

    /** @param name must be {@code read} */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "EvaluationAction")
    record EvaluationAction(String name, Map<String, Object> properties) {}

    /**
     * Article.
     *
     * @param type must be {@code article}
     * @param id URL of the article, or, with property {@code source}, the source's own reference
     * @param properties {@code source}, {@code section} and {@code publishedAt}; all optional
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "EvaluationResource")
    record EvaluationResource(String type, String id, Map<String, Object> properties) {
        ArticleRef articleRef() {
            String source = text(properties, "source");
            return new ArticleRef(
                    source == null ? id : null,
                    source,
                    source == null ? null : id,
                    text(properties, "section"),
                    text(properties, "publishedAt"));
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "EvaluationRequest")
    record EvaluationRequest(
            EvaluationSubject subject,
            EvaluationAction action,
            EvaluationResource resource,
            Map<String, Object> context) {
        /** Returns this request with the members of the whole batch where its own are missing. */
        EvaluationRequest orElse(EvaluationsRequest batch) {
            return new EvaluationRequest(
                    subject == null ? batch.subject : subject,
                    action == null ? batch.action : action,
                    resource == null ? batch.resource : resource,
                    context == null ? batch.context : context);
        }

        /** Returns the subject, with the country that a service sends in the context. */
        EvaluationReader evaluationReader() {
            return new EvaluationReader(subject, text(context, "country"));
        }

        /**
         * Verifies that the request asks whether a reader or a visitor may read an article. Throws a 400 problem otherwise.
         *
         * @param at JSON pointer to this request, for example {@code /evaluations/3}; empty for the whole body
         */
        void verify(String at) {
            check(subject != null && subject.id != null, at + "/subject/id", "is missing");
            check(subject.isReader() || subject.isVisitor(), at + "/subject/type", "is neither reader nor visitor");
            check(action != null && READ.equals(action.name), at + "/action/name", "is not \"read\"");
            check(resource != null && ARTICLE.equals(resource.type), at + "/resource/type", "is not \"article\"");
            check(resource.id != null, at + "/resource/id", "is missing");
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "EvaluationsRequest")
    record EvaluationsRequest(
            EvaluationSubject subject,
            EvaluationAction action,
            EvaluationResource resource,
            Map<String, Object> context,
            List<EvaluationRequest> evaluations,
            EvaluationOptions options) {
        /** Verifies the number of requests and the options. Throws a problem otherwise. */
        void verify() {
            if (evaluations.size() > AccessResource.MAX_ARTICLES) {
                throw AccessResource.tooManyArticles();
            }
            String semantic = options == null ? null : options.semantic;
            check(
                    semantic == null || semantic.equals("execute_all"),
                    "/options/evaluations_semantic",
                    "is not \"execute_all\"");
        }

        /** Returns one request, completed by the members of the whole batch. */
        EvaluationRequest requestAt(int index) {
            EvaluationRequest request = evaluations.get(index);
            check(request != null, "/evaluations/" + index, "is missing");
            return request.orElse(this);
        }
    }

    /** @param semantic must be {@code execute_all}, the default */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "EvaluationOptions")
    record EvaluationOptions(
            @JsonProperty("evaluations_semantic") String semantic) {}

    /** @param context the complete decision, or the problem of the request */
    @Schema(
            name = "EvaluationResponse",
            requiredProperties = {"decision"})
    record EvaluationResponse(boolean decision, EvaluationContext context) {
        static EvaluationResponse of(Decision decision) {
            return new EvaluationResponse(decision.granted(), new EvaluationContext.DecisionContext(decision));
        }

        static EvaluationResponse failed(Problem problem, String instance) {
            return new EvaluationResponse(
                    false, new EvaluationContext.FailedEvaluation(ProblemJson.of(problem, instance)));
        }
    }

    /** Context of an evaluation response. */
    @Schema(oneOf = {Decision.class, EvaluationContext.FailedEvaluation.class})
    public sealed interface EvaluationContext {
        /** A decision, written as itself. */
        record DecisionContext(@JsonValue Decision decision) implements EvaluationContext {}

        /** The problem of a request without a decision. */
        @Schema(name = "FailedEvaluation")
        record FailedEvaluation(ProblemJson error) implements EvaluationContext {}
    }

    @Schema(name = "EvaluationsResponse")
    record EvaluationsResponse(List<EvaluationResponse> evaluations) {}

    /** Metadata of this policy decision point. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuthZenMetadata(
            @JsonProperty("policy_decision_point") String decisionPoint,
            @JsonProperty("access_evaluation_endpoint") String evaluation,
            @JsonProperty("access_evaluations_endpoint") String evaluations) {}

    /** Returns a property if it is a string, otherwise null. */
    static String text(Map<String, Object> properties, String name) {
        Object value = properties == null ? null : properties.get(name);
        return value instanceof String text ? text : null;
    }

    private static void check(boolean valid, String pointer, String detail) {
        if (!valid) {
            throw Problem.invalid(pointer, detail);
        }
    }
}
