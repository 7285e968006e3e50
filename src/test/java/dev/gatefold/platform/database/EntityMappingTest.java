package dev.gatefold.platform.database;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatefold.testing.ServiceTest;
import jakarta.inject.Inject;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** The mapping of the entities and the schema that the migrations create. */
@ServiceTest
class EntityMappingTest {
    @Inject
    SessionFactory entities;

    /** Development reports a difference as an error at each start. */
    @Test
    void entitiesMatchSchema() {
        assertThatCode(() -> entities.getSchemaManager().validateMappedObjects())
                .doesNotThrowAnyException();
    }
}
