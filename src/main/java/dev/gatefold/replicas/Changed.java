package dev.gatefold.replicas;

import java.util.List;

/**
 * A fact: something that replicas hold in memory was changed, here or elsewhere. It may be told twice, and of what nobody
 * holds; what is thrown by whoever hears it has it told again.
 *
 * @param what names the room's own
 * @param version what is known of an older one is no longer so
 */
public record Changed(String what, List<String> key, long version) {
    public Changed {
        key = List.copyOf(key);
    }
}
