package dev.gatefold.catalog.tables;

import static com.google.common.base.Preconditions.checkArgument;

import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Territories;
import dev.gatefold.kernel.CountryCodes;
import java.util.Optional;
import java.util.Set;

/** Parser of the columns that make up the policy of a source. */
final class PolicyTsvParser {
    private static final String ALLOWED_PREFIX = "only ";
    private static final String BLOCKED_PREFIX = "not ";

    private PolicyTsvParser() {}

    /** Returns the policy; empty if a cell is invalid, which adds an error to the row. */
    static Optional<Policy> parse(TsvRow row) {
        var gate = row.required("gate", cell -> TsvCellParsers.enumConstant(Gate.class, cell));
        var allowance = row.optional("allowance", TsvCellParsers::integer);
        var window = row.optional("window", cell -> TsvCellParsers.enumConstant(CalendarWindow.class, cell));
        var embargoHours = row.optional("embargo_hours", TsvCellParsers::integer);
        var archiveDays = row.optional("archive_days", TsvCellParsers::integer);
        var territories = row.optional("territories", PolicyTsvParser::territories);
        var inTrials = row.optional("in_trials", TsvCellParsers::yesOrNo);
        var leadIn = row.optional("lead_in", TsvCellParsers::integer);
        var crawlers = row.optional("crawlers", TsvCellParsers::yesOrNo);
        return gate.flatMap(it -> row.parse(
                "gate",
                () -> Policy.builder(it)
                        .allowance(allowance.orElse(null))
                        .window(window.orElse(null))
                        .embargoHours(embargoHours.orElse(null))
                        .archiveDays(archiveDays.orElse(null))
                        .territories(territories.orElse(null))
                        .inTrials(inTrials.orElse(null))
                        .leadIn(leadIn.orElse(null))
                        .crawlers(crawlers.orElse(null))
                        .build()));
    }

    private static Territories territories(String cell) {
        if (cell.startsWith(ALLOWED_PREFIX)) {
            return new Territories(countries(cell.substring(ALLOWED_PREFIX.length())), null);
        }
        checkArgument(
                cell.startsWith(BLOCKED_PREFIX),
                "\"%s\" does not begin with only or not, as in \"only de at\" and \"not us\"",
                cell);
        return new Territories(null, countries(cell.substring(BLOCKED_PREFIX.length())));
    }

    private static Set<String> countries(String list) {
        return Set.copyOf(TsvCellParsers.list(list, CountryCodes::parse));
    }
}
