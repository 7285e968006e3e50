package dev.gatefold.pages.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.kernel.Money;
import dev.gatefold.pages.PageLanguages;
import dev.gatefold.pages.layout.CommonMessages;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.MembershipAction;
import dev.gatefold.subscriptions.membership.MembershipState;
import dev.gatefold.subscriptions.membership.TestMemberships;
import dev.gatefold.testing.ServiceTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the account page with a table that editors can read: facts, state, texts and buttons in both languages. */
@ServiceTest
class MembershipTextsTest {
    private static final Plan PLAN = new Plan(
            "membership",
            "Membership",
            Map.of(),
            14,
            null,
            List.of(new PlanPrice(BillingInterval.MONTH, new Money(999, "usd"))));

    /** A block of the table. */
    record TableBlock(String title, Map<String, String> lines) {
        private static TableBlock parse(String block) {
            String[] lines = block.strip().split("\n");
            return new TableBlock(
                    lines[0],
                    Arrays.stream(lines)
                            .skip(1)
                            .map(line -> line.strip().split("\\s+", 2))
                            .collect(Collectors.toMap(line -> line[0], line -> line.length > 1 ? line[1] : "")));
        }

        private String expected() {
            return Stream.of("state", "en", "de")
                    .map(key -> key + " " + lines.get(key))
                    .collect(Collectors.joining("\n"));
        }

        private Membership membership() {
            return TestMemberships.of(lines.get("facts"));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static List<TableBlock> blocks() throws IOException {
        try (InputStream table = MembershipTextsTest.class.getResourceAsStream("membership-texts.txt")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n== "))
                    .skip(1)
                    .map(TableBlock::parse)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void accountPageShowsAndOffersWhatTheTableSays(TableBlock block) {
        Membership membership = block.membership();

        List<String> actual = new ArrayList<>();
        actual.add(("state " + membership.state() + " " + names(membership.actions())).strip());
        for (Locale language : PageLanguages.ALL) {
            actual.add(language.getLanguage() + " " + shown(membership, new ViewerFormats(language, ZoneOffset.UTC)));
        }

        assertThat(String.join("\n", actual)).isEqualTo(block.expected());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void noStateOffersContradictoryActions(TableBlock block) {
        List<MembershipAction> actions = block.membership().actions();

        assertThat(actions).doesNotHaveDuplicates();
        assertThat(actions.containsAll(List.of(MembershipAction.KEEP, MembershipAction.CANCEL)))
                .isFalse();
        if (actions.contains(MembershipAction.SUBSCRIBE)) {
            assertThat(actions)
                    .isSubsetOf(MembershipAction.START_TRIAL, MembershipAction.SUBSCRIBE, MembershipAction.PAY_NOW);
        }
        assertThat(actions.contains(MembershipAction.PAY_NOW))
                .isEqualTo(block.membership().amountDue() != null);
    }

    /** The paywall offers the steps of the billing status to a reader without access. */
    @ParameterizedTest
    @MethodSource("blocks")
    void paywallOffersWhatTheAccountPageOffersFirst(TableBlock block) {
        Membership membership = block.membership();
        List<MembershipAction> steps = membership.billing().steps().stream()
                .map(step -> MembershipAction.valueOf(step.name()))
                .toList();

        switch (membership.state()) {
            case PENDING, PAST_DUE, PAUSED ->
                assertThat(membership.actions().subList(0, steps.size())).isEqualTo(steps);
            case NONE, ENDED -> assertThat(membership.billing()).isEqualTo(BillingStatus.NONE);
            case TRIAL, ACTIVE, GRACE, CANCELING -> {}
        }
    }

    @Test
    void tableHasEveryState() throws IOException {
        assertThat(blocks()).extracting(block -> block.membership().state()).contains(MembershipState.values());
    }

    private static String names(List<MembershipAction> actions) {
        return actions.stream().map(Enum::name).collect(Collectors.joining(" "));
    }

    /** Returns the sentences, then the buttons in brackets. */
    private static String shown(Membership membership, ViewerFormats formats) {
        MembershipTexts texts = new MembershipTexts(membership, formats);
        Stream<String> sentences = Stream.of(Optional.of(texts.state()), texts.amountDue(), texts.nextPayment())
                .flatMap(Optional::stream);
        String sale = formats.messages(CommonMessages.class).becomeMember();
        Stream<String> buttons = AccountAction.of(membership, List.of(PLAN), formats).stream()
                .map(action -> action.label() == null ? sale : action.label())
                .map(label -> "[" + label + "]");
        // CLDR separates numbers and currencies by non-breaking spaces
        return Stream.concat(sentences, buttons)
                .collect(Collectors.joining(" "))
                .replace('\u00a0', ' ');
    }
}
