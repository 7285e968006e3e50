package dev.gatefold.catalog.rules;

import dev.gatefold.catalog.model.CalendarWindow;

/** Builder of a {@link Policy}. Values that are not set, or set to null, are not part of the policy. */
public final class PolicyBuilder {
    private final Gate gate;
    private Integer allowance;
    private CalendarWindow window;
    private Integer embargoHours;
    private Integer archiveDays;
    private Territories territories;
    private Boolean inTrials;
    private Boolean meterAllowed;
    private Integer leadIn;
    private Boolean crawlers;

    PolicyBuilder(Gate gate) {
        this.gate = gate;
    }

    /** Sets the number of articles in each window. */
    public PolicyBuilder allowance(Integer articles) {
        allowance = articles;
        return this;
    }

    /** Sets the window of the meter. */
    public PolicyBuilder window(CalendarWindow period) {
        window = period;
        return this;
    }

    /** Sets the number of hours after publication in which only members have access. */
    public PolicyBuilder embargoHours(Integer hours) {
        embargoHours = hours;
        return this;
    }

    /** Sets the age in days from which only members have access. */
    public PolicyBuilder archiveDays(Integer days) {
        archiveDays = days;
        return this;
    }

    /** Sets the countries in which the source may be read. */
    public PolicyBuilder territories(Territories countries) {
        territories = countries;
        return this;
    }

    /** Sets whether a free trial gives access. */
    public PolicyBuilder inTrials(Boolean value) {
        inTrials = value;
        return this;
    }

    /** Sets whether the meter gives access. */
    public PolicyBuilder meterAllowed(Boolean value) {
        meterAllowed = value;
        return this;
    }

    /** Sets how many characters of the text a denied reader may see. */
    public PolicyBuilder leadIn(Integer characters) {
        leadIn = characters;
        return this;
    }

    /** Sets whether verified crawlers have access. */
    public PolicyBuilder crawlers(Boolean value) {
        crawlers = value;
        return this;
    }

    /**
     * Creates the policy.
     *
     * @throws IllegalArgumentException if a value is out of range or does not fit the gate
     */
    public Policy build() {
        return new Policy(
                gate,
                allowance,
                window,
                embargoHours,
                archiveDays,
                territories,
                inTrials,
                meterAllowed,
                leadIn,
                crawlers);
    }
}
