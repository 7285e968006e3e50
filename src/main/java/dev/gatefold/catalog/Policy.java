package dev.gatefold.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A gate with its numbers: {@code allowance} articles in each {@code window} where it is metered, else neither. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Policy(Gate gate, Integer allowance, Window window) {
    /** A meter holds what was read as one set in one row; beyond this the row would no longer be small. */
    public static final int MOST = 1000;

    public Policy {
        boolean metered = gate == Gate.METERED;
        if (metered != (allowance != null) || metered != (window != null)) {
            throw new IllegalArgumentException("an allowance and a window belong to METERED, and METERED needs both");
        }
        if (metered && (allowance < 1 || allowance > MOST)) {
            throw new IllegalArgumentException("an allowance is between 1 and " + MOST);
        }
    }
}
