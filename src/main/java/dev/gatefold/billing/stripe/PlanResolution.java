package dev.gatefold.billing.stripe;

/**
 * The plan that a price of Stripe stands for.
 *
 * @param plan slug of the plan
 * @param source how the plan was found
 */
record PlanResolution(String plan, PlanSource source) {
    /** How the plan of a price was found, the most reliable first. */
    enum PlanSource {
        /** The price was bound to the plan before. */
        BOUND,
        /** The price has the lookup key of the plan. */
        LOOKUP_KEY,
        /** Another price of the same product stands for the plan. */
        PRODUCT,
        /** The subscription had the plan before. */
        HELD
    }

    /** Returns true if the plan was inferred because the price itself stands for none. */
    boolean isInferred() {
        return source == PlanSource.PRODUCT || source == PlanSource.HELD;
    }
}
