package dev.gatefold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** Accessibility checks of the current state of a page: axe-core's rules, and the width of the content. */
public final class AccessibilityChecks {
    private static final Set<String> FAILING_IMPACTS = Set.of("serious", "critical");

    private AccessibilityChecks() {}

    /** Fails if axe-core finds serious or critical violations, and lists each with its element. */
    public static void assertAccessible(Page page) {
        List<String> violations = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> FAILING_IMPACTS.contains(rule.getImpact()))
                        .flatMap(rule -> rule.getNodes().stream().map(node -> describeViolation(rule, node)))
                        .toList();

        assertThat(violations).as("Accessibility violations on " + page.url()).isEmpty();
    }

    /** Fails if the content is wider than the screen, so that lines are read only by horizontal scrolling. */
    public static void assertFitsScreenWidth(Page page) {
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        assertThat(overflow)
                .as("Horizontal overflow in pixels on " + page.url())
                .isEqualTo(0);
    }

    private static String describeViolation(Rule rule, CheckedNode node) {
        return "%s (%s) at %s: %s".formatted(rule.getId(), rule.getImpact(), node.getTarget(), rule.getHelp());
    }
}
