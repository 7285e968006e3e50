package dev.gatefold.platform.invalidation;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.REGISTERED;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestGrants;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Changes made directly in the database are received like those of another replica. */
@ServiceTest
class CacheInvalidationListenerTest {
    private static final String TAKE = """
            delete from entitlement where account_id = (select id from account where subject = '%1$s');
            update account set version = version + 1 where subject = '%1$s';
            """;

    @Inject
    AgroalDataSource database;

    @Inject
    CacheInvalidationCleanup old;

    @Test
    void invalidationCommittedOutOfOrderIsApplied() throws SQLException {
        String early = TestGrants.newMemberToken();
        String late = TestGrants.newMemberToken();
        assertThat(isGranted(early, MEMBERS_ONLY) && isGranted(late, MEMBERS_ONLY))
                .isTrue();

        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            execute(transaction, TAKE.formatted(subject(early)));
            execute(TAKE.formatted(subject(late)));
            await().until(() -> !isGranted(late, MEMBERS_ONLY));
            assertThat(isGranted(early, MEMBERS_ONLY)).isTrue();
            transaction.commit();
        }

        await().until(() -> !isGranted(early, MEMBERS_ONLY));
    }

    @Test
    void deletedAccountIsRemovedFromCache() throws SQLException {
        String reader = newAccountToken();
        assertThat(isGranted(reader, REGISTERED)).isTrue();

        execute("delete from account where subject = '%s'".formatted(subject(reader)));

        await().until(() -> !isGranted(reader, REGISTERED));
    }

    @Test
    void unknownAndDuplicateInvalidationsAreIgnored() throws SQLException {
        String reader = TestGrants.newMemberToken();

        execute("""
                select add_cache_invalidation('standing', array['unknown', 'keys'], 7);
                select add_cache_invalidation('standing', array['unknown', 'keys'], 7);
                select add_cache_invalidation('something', '{}', 7);
                """);

        assertThat(isGranted(reader, MEMBERS_ONLY)).isTrue();
        execute(TAKE.formatted(subject(reader)));
        await().until(() -> !isGranted(reader, MEMBERS_ONLY));
    }

    @Test
    void oldInvalidationsAreDeleted() throws SQLException {
        newAccountToken();
        old.deleteOld();
        String reader = newAccountToken();

        old.deleteOld();

        assertThat(queryNumber(
                        "select count(*) from cache_invalidation where cache_key[2] = '%s'".formatted(subject(reader))))
                .isEqualTo(1);
        assertThat(queryNumber(
                        "select count(*) from cache_invalidation where cache_key[2] <> '%s' and cache_name = 'standing'"
                                .formatted(subject(reader))))
                .isZero();
    }

    private static boolean isGranted(String token, String url) {
        return withBearerToken(token).queryParam("url", url).get("/v1/access").path("granted");
    }

    private static String subject(String token) {
        return TestGrants.subjectOf(token).get("subject");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long queryNumber(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
