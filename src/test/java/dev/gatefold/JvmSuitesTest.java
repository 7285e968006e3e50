package dev.gatefold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludePackages;

/** The division of the tests between the two JVMs. */
class JvmSuitesTest {
    @Test
    void everyPackageIsTestedInExactlyOneJvm() {
        assertThat(SecondJvmSuite.class.getAnnotation(ExcludePackages.class).value())
                .containsExactlyInAnyOrder(
                        FirstJvmSuite.class.getAnnotation(IncludePackages.class).value());
    }
}
