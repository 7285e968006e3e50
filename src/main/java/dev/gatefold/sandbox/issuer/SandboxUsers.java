package dev.gatefold.sandbox.issuer;

import dev.gatefold.web.http.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The demo users by subject, in the order in which the sign-in page offers them. */
public final class SandboxUsers {
    private static final Map<String, SandboxUser> USERS = Stream.of(
                    user("Ann", "a member"),
                    user("Ben", "in the free trial, no card needed"),
                    user("Cleo", "last payment failed, can still read"),
                    user("Dan", "free trial has ended"),
                    user("Eve", "former member"),
                    user("Fay", "last payment failed, access has stopped"),
                    user("Gus", "signed up, no membership"),
                    user("Hal", "not signed up"),
                    user("Ivy", "member of the smaller plan"),
                    user("Jon", "in the free trial, pays when it ends"),
                    user("Kim", "has canceled, can read until the end of the period"),
                    user("Leo", "paused: trial ended without a payment method"),
                    user("Mia", "has paid by bank debit, which takes a few days"),
                    user("Noa", "member whose payments support has paused"),
                    user("Oli", "member with a fixed end, renews until then"),
                    user("Pia", "has disputed the payment"),
                    user("Quin", "free access, granted by staff"),
                    user("Sam", "a service", Caller.SERVICE),
                    user("Sue", "support staff", Caller.SUPPORT),
                    user("Ada", "an administrator", Caller.ADMIN))
            .collect(Collectors.toMap(
                    SandboxUser::subject, Function.identity(), (first, second) -> first, LinkedHashMap::new));

    private SandboxUsers() {}

    private static SandboxUser user(String name, String description, String... roles) {
        String subject = name.toLowerCase(Locale.ROOT);
        return new SandboxUser(subject, name, description, subject + "@example.com", null, List.of(roles));
    }

    static List<SandboxUser> all() {
        return List.copyOf(USERS.values());
    }

    /** Returns the demo user with that subject, if there is one. */
    public static Optional<SandboxUser> find(String subject) {
        return Optional.ofNullable(USERS.get(subject));
    }

    /** Returns the demo user with that subject, or else a reader with this subject only. */
    static SandboxUser findOrCreate(String subject) {
        return find(subject).orElseGet(() -> SandboxUser.of(subject));
    }
}
