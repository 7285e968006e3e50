package dev.gatefold.accounts.account;

import com.fasterxml.jackson.annotation.JsonSetter;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Problem.InputError;
import dev.gatefold.web.http.Caller;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A JSON merge patch of an account (RFC 7396): absent members change nothing, null removes a value. */
class AccountPatch {
    @Schema(hidden = true)
    private final Map<AccountAttribute, String> values = new EnumMap<>(AccountAttribute.class);

    @JsonSetter("email")
    @Schema(nullable = true)
    void setEmail(String email) {
        values.put(AccountAttribute.EMAIL, email);
    }

    @JsonSetter("name")
    @Schema(nullable = true)
    void setName(String name) {
        values.put(AccountAttribute.NAME, name);
    }

    @JsonSetter("locale")
    @Schema(nullable = true)
    void setLocale(String locale) {
        values.put(AccountAttribute.LOCALE, locale);
    }

    @JsonSetter("timeZone")
    @Schema(nullable = true)
    void setTimeZone(String timeZone) {
        values.put(AccountAttribute.TIME_ZONE, timeZone);
    }

    /** Adds the claims of the caller's token for absent members, and returns this patch. Invalid claims are ignored. */
    AccountPatch withDefaultsFrom(Caller caller) {
        for (AccountAttribute attribute : AccountAttribute.values()) {
            if (!values.containsKey(attribute)) {
                caller.claim(attribute.claim())
                        .flatMap(attribute::tryParse)
                        .ifPresent(claim -> values.put(attribute, claim));
            }
        }
        return this;
    }

    /**
     * Validates all values.
     *
     * @throws Problem {@code invalid-input} with all errors
     */
    void validate() {
        List<InputError> errors = values.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> findError(entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** Sets the values in the account. The patch must be valid. */
    void applyTo(Account account) {
        values.forEach((attribute, value) -> attribute.set(account, value == null ? null : attribute.parse(value)));
    }

    private static Optional<InputError> findError(AccountAttribute attribute, String value) {
        try {
            var _ = attribute.parse(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new InputError("/" + attribute.jsonName(), e.getMessage()));
        }
    }
}
