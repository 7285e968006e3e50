package dev.gatefold.passes.revocation;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Unexpired passes that are revoked.
 *
 * @param items sorted by subject
 * @param asOf when this replica first saw the list with these items
 */
@Schema(name = "RevocationList")
record RevocationList(List<RevokedSubject> items, Instant asOf) {
    private static final int ETAG_LENGTH = 32;

    /**
     * A subject with revoked passes.
     *
     * @param version passes of this subject with a lower version are revoked
     */
    record RevokedSubject(String sub, long version) {}

    /** Returns an entity tag that is the same for equal lists on this replica. */
    String etag() {
        return Hashing.sha256()
                .hashString(toString(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, ETAG_LENGTH);
    }
}
