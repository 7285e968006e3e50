package dev.gatefold.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Reason of a decision. The names of the constants are part of the HTTP contract and are stored with reads. */
@Schema(
        type = SchemaType.STRING,
        oneOf = {GrantReason.class, DenyReason.class})
public sealed interface Reason permits GrantReason, DenyReason {
    /** Returns the name of the constant, as in the HTTP contract. */
    String name();

    /** Returns true for a {@link GrantReason}. */
    boolean grants();

    /**
     * Returns the reason with a name.
     *
     * @throws IllegalArgumentException if no reason has this name
     */
    @JsonCreator
    static Reason of(String name) {
        return Stream.<Reason>concat(Arrays.stream(GrantReason.values()), Arrays.stream(DenyReason.values()))
                .filter(reason -> reason.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("Unknown reason " + name));
    }
}
