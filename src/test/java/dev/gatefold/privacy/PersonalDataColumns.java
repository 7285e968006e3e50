package dev.gatefold.privacy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.Session;

/** Finds personal data in the schema and the rows of the database, independent of the code that writes it. */
final class PersonalDataColumns {
    /** Columns that identify a reader, by their name or by a reference to an account. */
    private static final String IDENTIFYING_COLUMNS = """
            select table_name || '.' || column_name from information_schema.columns
            where table_schema = 'public'
              and (column_name in ('account_id', 'reader_id', 'reader_pseudonym', 'person_hash', 'customer_id', 'issuer',
                                   'subject', 'email', 'verified_email_hash', 'name', 'recipient_ids', 'network_hash',
                                   'payload')
                   or column_name like '%\\_by')
              and table_name not in ('source', 'plan', 'priced_plan', 'signing_key', 'flyway_schema_history')
            union
            select conrelid::regclass || '.' || attname
            from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any(conkey)
            where contype = 'f' and confrelid = 'account'::regclass
            """;

    /** All tables except {@code cache_invalidation}, whose rows name readers and are deleted within 20 minutes. */
    private static final String TABLES = """
            select table_name from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'cache_invalidation'
            """;

    private final Session database;

    PersonalDataColumns(Session database) {
        this.database = database;
    }

    /** Returns all columns that identify a reader, as {@code table.column}. */
    Set<String> columnsIdentifyingAReader() {
        return new TreeSet<>(query(IDENTIFYING_COLUMNS));
    }

    /** Returns the tables that contain a word in any row, also within binary values. */
    List<String> tablesContaining(String word) {
        return query(TABLES).stream().filter(table -> contains(table, word)).toList();
    }

    private boolean contains(String table, String word) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select exists (select from \"" + table
                                        + "\" t where cast(t as text) like '%' || :word || '%'"
                                        + " or cast(t as text) like '%' || encode(convert_to(:word, 'UTF8'), 'hex') || '%')",
                                Boolean.class)
                        .setParameter("word", word)
                        .getSingleResult());
    }

    List<String> query(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(sql, String.class).getResultList());
    }
}
