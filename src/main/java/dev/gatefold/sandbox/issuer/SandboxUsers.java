package dev.gatefold.sandbox.issuer;

import dev.gatefold.web.http.Caller;
import java.util.Arrays;
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
    private static final Map<String, SandboxUser> USERS = Stream.concat(
                    Stream.of("Ann", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal", "Ivy")
                            .map(SandboxUsers::user),
                    Stream.of(user("Sam", Caller.SERVICE), user("Sue", Caller.SUPPORT), user("Ada", Caller.ADMIN)))
            .collect(Collectors.toMap(
                    SandboxUser::subject, Function.identity(), (first, second) -> first, LinkedHashMap::new));

    private SandboxUsers() {}

    private static SandboxUser user(String name, String... roles) {
        String subject = name.toLowerCase(Locale.ROOT);
        return new SandboxUser(
                subject,
                name,
                subject + "@example.com",
                null,
                Arrays.stream(roles).toList());
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
