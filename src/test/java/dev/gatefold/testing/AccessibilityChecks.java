package dev.gatefold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** Whether everybody can use a page, as far as a machine can tell: axe-core looks at it as it is at this moment. */
public final class AccessibilityChecks {
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private AccessibilityChecks() {}

    /** Fails where something is in the way of somebody, and says of each what it is, and where. */
    public static void assertAccessible(Page page) {
        List<String> found = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> GRAVE.contains(rule.getImpact()))
                        .flatMap(rule -> rule.getNodes().stream().map(node -> describeViolation(rule, node)))
                        .toList();

        assertThat(found).as("What axe-core finds on " + page.url()).isEmpty();
    }

    /** Fails where a page is wider than its screen, so that a line can only be read by scrolling along it. */
    public static void assertFitsScreenWidth(Page page) {
        Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        assertThat(over).as("Pixels of " + page.url() + " beside the screen").isEqualTo(0);
    }

    private static String describeViolation(Rule rule, CheckedNode node) {
        return "%s (%s) at %s: %s".formatted(rule.getId(), rule.getImpact(), node.getTarget(), rule.getHelp());
    }
}
