package dev.gatefold.web.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.platform.tracing.TraceMode;
import dev.gatefold.testing.ServiceTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies of the endpoints of this service, of paths near them, and of other paths. */
@ServiceTest
class EndpointIndexTest {
    @Inject
    EndpointPolicies endpoints;

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            method | path                             | rateLimited | htmlErrors | trace
            GET    | /v1/access                       | true        | false      | SAMPLED
            HEAD   | /v1/access                       | true        | false      | SAMPLED
            POST   | /v1/access                       | true        | false      | SAMPLED
            PATCH  | /v1/access                       | true        | false      | ALWAYS
            POST   | /v1/reads                        | true        | false      | EXPORT_SAMPLED
            POST   | /v1/reads/a-key/not-loaded       | true        | false      | ALWAYS
            GET    | /v1/checkout/return              | true        | false      | ALWAYS
            GET    | /v1;a=b/plans                    | true        | false      | SAMPLED
            GET    | /v1/plans/                       | true        | false      | SAMPLED
            GET    | /v1/nothing                      | true        | false      | SAMPLED
            POST   | /v1/webhooks/stripe              | false       | false      | ALWAYS
            POST   | /v1/webhooks/nothing             | false       | false      | ALWAYS
            GET    | /admin/v1/sources/a/rules        | true        | false      | SAMPLED
            GET    | /.well-known/jwks.json           | false       | false      | SAMPLED
            GET    | /.well-known/nothing             | false       | false      | SAMPLED
            GET    | /share/a-code                    | true        | true       | SAMPLED
            GET    | /account                         | false       | true       | SAMPLED
            GET    | /dev/stripe/v1/customers/a       | false       | false      | SAMPLED
            GET    | /no-such-file                    | false       | true       | SAMPLED
            """)
    void policyOfPath(String method, String path, boolean rateLimited, boolean htmlErrors, TraceMode trace) {
        EndpointPolicy policy = endpoints.index().policy(method, path);

        assertThat(policy.rateLimited()).isEqualTo(rateLimited);
        assertThat(policy.htmlErrors()).isEqualTo(htmlErrors);
        assertThat(policy.traceMode()).isEqualTo(trace);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/admin/v1/sources,16777216",
        "PUT,/admin/v1/plans,16777216",
        "POST,/admin/v1/grants,524288",
        "POST,/v1/access,524288"
    })
    void bodyLimitOfPath(String method, String path, long bytes) {
        assertThat(endpoints.index().policy(method, path).maxBodyBytes()).isEqualTo(bytes);
    }

    @Test
    void onlyTheWallScriptAllowsAnyOrigin() {
        assertThat(endpoints.index().policy("GET", "/gatefold.js").anyOrigin()).isTrue();
        assertThat(endpoints.index().policy("POST", "/gatefold.js").anyOrigin()).isFalse();
        assertThat(endpoints.index().policy("GET", "/v1/plans").anyOrigin()).isFalse();
    }

    @Test
    void infrastructurePathsHaveNoHtmlErrors() {
        assertThat(endpoints.hasHtmlErrors("GET", "/q/nothing")).isFalse();
        assertThat(endpoints.hasHtmlErrors("GET", "/nothing")).isTrue();
    }
}
