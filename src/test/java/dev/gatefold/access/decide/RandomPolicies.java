package dev.gatefold.access.decide;

import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Territories;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Random policies of every kind. */
record RandomPolicies(SeededRandom dice) {
    static final List<Integer> EMBARGOES = List.of(1, 6, 24, 72);
    static final List<Integer> ARCHIVES = List.of(1, 7, 30);

    private static final List<String> COUNTRIES = List.of("de", "at", "ch", "us", "gb");

    Policy any(boolean ofTable) {
        Gate gate = dice.pick(List.of(
                Gate.OPEN,
                Gate.REGISTERED,
                Gate.METERED,
                Gate.METERED,
                Gate.METERED,
                Gate.MEMBERS,
                Gate.MEMBERS,
                Gate.MEMBERS));
        boolean metered = gate == Gate.METERED;
        return new Policy(
                gate,
                metered ? 1 + dice.below(4) : null,
                metered ? dice.pick(List.of(CalendarWindow.values())) : null,
                dice.oneIn(4) ? dice.pick(EMBARGOES) : null,
                dice.oneIn(4) ? dice.pick(ARCHIVES) : null,
                dice.oneIn(10) ? territories() : null,
                dice.oneIn(4) ? false : null,
                (metered && !ofTable && dice.oneIn(5)) ? false : null,
                dice.oneIn(3) ? 100 + dice.below(5) : null,
                dice.oneIn(6) ? true : null);
    }

    private Territories territories() {
        Set<String> some = new HashSet<>(List.of(dice.pick(COUNTRIES), dice.pick(COUNTRIES), dice.pick(COUNTRIES)));
        return dice.oneIn(2) ? new Territories(some, null) : new Territories(null, some);
    }
}
