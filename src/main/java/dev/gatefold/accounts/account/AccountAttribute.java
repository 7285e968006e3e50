package dev.gatefold.accounts.account;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The attributes of an account that its reader can change. */
enum AccountAttribute {
    EMAIL("email", "email", AccountAttribute::parseEmail, Account::setGivenEmail),
    NAME("name", "name", AccountAttribute::parseName, (account, value) -> account.name = value),
    LOCALE("locale", "locale", AccountAttribute::parseLocale, (account, value) -> account.locale = value),
    TIME_ZONE("timeZone", "zoneinfo", AccountAttribute::parseTimeZone, (account, value) -> account.timeZone = value);

    private static final int MAX_EMAIL_LENGTH = 254;
    private static final int MAX_NAME_LENGTH = 200;
    private static final Pattern EMAIL_PATTERN = Pattern.compile("[^\\s@]+@[^\\s@]+");

    private final String jsonName;
    private final String claim;
    private final UnaryOperator<String> parser;
    private final BiConsumer<Account, String> setter;

    AccountAttribute(String jsonName, String claim, UnaryOperator<String> parser, BiConsumer<Account, String> setter) {
        this.jsonName = jsonName;
        this.claim = claim;
        this.parser = parser;
        this.setter = setter;
    }

    String jsonName() {
        return jsonName;
    }

    /** Returns the name of the OpenID Connect claim. */
    String claim() {
        return claim;
    }

    /**
     * Returns the normalized value.
     *
     * @throws IllegalArgumentException if the value is invalid; the message describes the error
     */
    String parse(String value) {
        return parser.apply(value);
    }

    /** Returns the normalized value; empty if the value is invalid. */
    Optional<String> tryParse(String value) {
        try {
            return Optional.of(parse(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Sets the attribute of an account to a parsed value, or to null. */
    void set(Account account, String value) {
        setter.accept(account, value);
    }

    private static String parseEmail(String text) {
        return check(
                text.strip(),
                text.length() <= MAX_EMAIL_LENGTH
                        && EMAIL_PATTERN.matcher(text.strip()).matches(),
                "is not an e-mail address of at most " + MAX_EMAIL_LENGTH + " characters");
    }

    private static String parseName(String text) {
        return check(
                text.strip(),
                !text.isBlank() && text.length() <= MAX_NAME_LENGTH,
                "must have between 1 and " + MAX_NAME_LENGTH + " characters");
    }

    private static String parseLocale(String text) {
        try {
            return new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("is not a language tag (BCP 47), such as en-GB", e);
        }
    }

    private static String parseTimeZone(String text) {
        try {
            return ZoneId.of(text).getId();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a time zone, such as Europe/Vienna", e);
        }
    }

    private static String check(String value, boolean isValid, String message) {
        if (!isValid || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(message);
        }
        return value;
    }
}
