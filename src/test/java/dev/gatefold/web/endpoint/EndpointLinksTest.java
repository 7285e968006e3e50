package dev.gatefold.web.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.testing.ServiceTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The paths that answers link to. */
@ServiceTest
class EndpointLinksTest {
    static class TwoForOneTarget {
        @LinkedAs(LinkTarget.CHECKOUT)
        void one() {}

        @LinkedAs(LinkTarget.CHECKOUT)
        void two() {}
    }

    @Inject
    EndpointLinks links;

    @ParameterizedTest
    @EnumSource
    void testLinksAreThoseOfTheService(LinkTarget target) {
        assertThat(links.path(target)).isEqualTo(TestEndpointLinks.create().path(target));
    }

    @Test
    void variableIsReplaced() {
        assertThat(links.path(LinkTarget.SHARED_ARTICLE, "a-code")).isEqualTo("/share/a-code");
    }

    @Test
    void targetWithTwoEndpointsIsRefused() {
        assertThatThrownBy(() -> new EndpointLinks(List.of(TwoForOneTarget.class)))
                .hasMessage("Two endpoints are linked as CHECKOUT");
    }

    @Test
    void targetWithoutEndpointIsRefused() {
        assertThatThrownBy(() -> new EndpointLinks(List.of()))
                .hasMessageStartingWith("No endpoint is linked as [SIGN_UP, ");
    }
}
