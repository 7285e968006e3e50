package dev.gatefold;

import org.junit.platform.suite.api.IncludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests of the first of the two JVMs that Surefire runs in parallel. Without a suite, Quarkus would restart the service
 * for each class. In a suite, the tests of a JVM share a service, a database and a clock.
 */
@Suite
@SelectPackages("dev.gatefold")
@IncludePackages({
    "dev.gatefold.billing",
    "dev.gatefold.passes",
    "dev.gatefold.privacy",
    "dev.gatefold.sandbox",
    "dev.gatefold.shares",
    "dev.gatefold.subscriptions"
})
class FirstJvmSuite {}
