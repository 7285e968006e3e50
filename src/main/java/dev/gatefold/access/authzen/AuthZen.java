package dev.gatefold.access.authzen;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.http.AccessResource;
import dev.gatefold.access.http.ArticleRef;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.problems.ProblemJson;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The shapes of the OpenID AuthZEN Authorization API 1.0, and what of ours they stand for: the subject is a reader or a
 * visitor, the action is to read, the resource is an article. Members that we do not know are passed over, as the
 * specification has it.
 */
public final class AuthZen {
    static final String READER = "reader";
    static final String VISITOR = "visitor";
    static final String READ = "read";
    static final String ARTICLE = "article";

    private AuthZen() {}

    /**
     * @param type {@code reader} (or {@code user}, as others call one), or {@code visitor}
     * @param id of a reader the subject in its issuer's tokens, of a visitor the token from {@code /v1/visitors}
     * @param properties {@code issuer} of a reader; the caller's own where it is missing
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

    /** A subject, and where it is, as far as a service says so. */
    record EvaluationReader(EvaluationSubject subject, String country) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "EvaluationAction")
    record EvaluationAction(String name, Map<String, Object> properties) {}

    /**
     * @param id the article's address, or its source's own reference to it
     * @param properties {@code source}, where the id is a reference; {@code section}, {@code publishedAt}
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
        EvaluationRequest orElse(EvaluationsRequest batch) {
            return new EvaluationRequest(
                    subject == null ? batch.subject : subject,
                    action == null ? batch.action : action,
                    resource == null ? batch.resource : resource,
                    context == null ? batch.context : context);
        }

        /** Of whom is asked. A service says in the context where its reader is: {@code country}. */
        EvaluationReader evaluationReader() {
            return new EvaluationReader(subject, text(context, "country"));
        }

        /** Throws where it is not the question that we answer. */
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

        /** One question, with what the whole batch says where it says nothing itself. */
        EvaluationRequest requestAt(int index) {
            EvaluationRequest request = evaluations.get(index);
            check(request != null, "/evaluations/" + index, "is missing");
            return request.orElse(this);
        }
    }

    /** @param semantic only {@code execute_all}, which is also what a batch without options gets */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "EvaluationOptions")
    record EvaluationOptions(
            @JsonProperty("evaluations_semantic") String semantic) {}

    /** @param context why, until when, and what to do next: our own answer; or what is wrong with the question */
    @Schema(
            name = "EvaluationResponse",
            requiredProperties = {"decision"})
    record EvaluationResponse(boolean decision, EvaluationContext context) {
        static EvaluationResponse of(Decision decision) {
            return new EvaluationResponse(decision.granted(), decision);
        }

        static EvaluationResponse failed(Problem problem, String instance) {
            return new EvaluationResponse(
                    false, new EvaluationContext.FailedEvaluation(ProblemJson.of(problem, instance)));
        }
    }

    @Schema(oneOf = {Decision.class, EvaluationContext.FailedEvaluation.class})
    public interface EvaluationContext {
        @Schema(name = "FailedEvaluation")
        record FailedEvaluation(ProblemJson error) implements EvaluationContext {}
    }

    @Schema(name = "EvaluationsResponse")
    record EvaluationsResponse(List<EvaluationResponse> evaluations) {}

    /** Where this decision point is, for those who look for it under a well-known name. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuthZenMetadata(
            @JsonProperty("policy_decision_point") String decisionPoint,
            @JsonProperty("access_evaluation_endpoint") String evaluation,
            @JsonProperty("access_evaluations_endpoint") String evaluations) {}

    static String text(Map<String, Object> properties, String name) {
        Object value = properties == null ? null : properties.get(name);
        return value instanceof String text ? text : null;
    }

    private static void check(boolean good, String pointer, String detail) {
        if (!good) {
            throw Problem.invalid(pointer, detail);
        }
    }
}
