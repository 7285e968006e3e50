package dev.gatefold;

import org.junit.platform.suite.api.IncludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests of the first of the two JVMs that Surefire runs side by side. Surefire hands a JVM one class after the other,
 * and Quarkus restarts the service for each; as one suite, a JVM's tests share a service, a database and a clock.
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
