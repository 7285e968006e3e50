package dev.gatefold.accounts.account;

import com.fasterxml.jackson.annotation.JsonSetter;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Problem.InputError;
import dev.gatefold.web.http.Caller;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a reader may say about themselves. A member that is left out changes nothing, and {@code null} takes the value
 * away (RFC 7396).
 */
class AccountPatch {
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NAME = 200;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

    private enum AccountAttribute {
        EMAIL("email", "email", AccountPatch::email, (account, value) -> account.email = value),
        NAME("name", "name", AccountPatch::name, (account, value) -> account.name = value),
        LOCALE("locale", "locale", AccountPatch::locale, (account, value) -> account.locale = value),
        TIME_ZONE("timeZone", "zoneinfo", AccountPatch::timeZone, (account, value) -> account.timeZone = value);

        private final String member;

        /** As OpenID Connect calls it. */
        private final String claim;

        private final UnaryOperator<String> reader;
        private final BiConsumer<Account, String> writer;

        AccountAttribute(
                String member, String claim, UnaryOperator<String> reader, BiConsumer<Account, String> writer) {
            this.member = member;
            this.claim = claim;
            this.reader = reader;
            this.writer = writer;
        }
    }

    @Schema(hidden = true)
    private final Map<AccountAttribute, String> values = new LinkedHashMap<>();

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

    /** What was not said, as the issuer says it, where that is usable. */
    AccountPatch withDefaultsFrom(Caller caller) {
        for (AccountAttribute detail : AccountAttribute.values()) {
            if (!values.containsKey(detail)) {
                caller.claim(detail.claim)
                        .filter(said -> flaw(detail, said).isEmpty())
                        .ifPresent(said -> values.put(detail, said));
            }
        }
        return this;
    }

    /** Throws where something is not what it should be. */
    void validate() {
        List<InputError> flaws = values.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> flaw(entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
        if (!flaws.isEmpty()) {
            throw Problem.invalid(flaws);
        }
    }

    void applyTo(Account account) {
        values.forEach(
                (detail, value) -> detail.writer.accept(account, value == null ? null : detail.reader.apply(value)));
    }

    private static Optional<InputError> flaw(AccountAttribute detail, String value) {
        try {
            var _ = detail.reader.apply(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new InputError("/" + detail.member, e.getMessage()));
        }
    }

    private static String email(String text) {
        return check(
                text.strip(),
                text.length() <= LONGEST_EMAIL && EMAIL.matcher(text.strip()).matches(),
                "is not an e-mail address of at most " + LONGEST_EMAIL + " characters");
    }

    private static String name(String text) {
        return check(
                text.strip(),
                !text.isBlank() && text.length() <= LONGEST_NAME,
                "is empty, or longer than " + LONGEST_NAME + " characters");
    }

    private static String locale(String text) {
        try {
            return new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("is not a language's tag (BCP 47), such as en-GB", e);
        }
    }

    private static String timeZone(String text) {
        try {
            return ZoneId.of(text).getId();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a time zone, such as Europe/Vienna", e);
        }
    }

    private static String check(String value, boolean holds, String otherwise) {
        if (!holds || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(otherwise);
        }
        return value;
    }
}
