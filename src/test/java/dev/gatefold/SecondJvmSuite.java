package dev.gatefold;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of the second JVM: all that {@link FirstJvmSuite} does not include. */
@Suite
@SelectPackages("dev.gatefold")
@ExcludePackages({
    "dev.gatefold.billing",
    "dev.gatefold.passes",
    "dev.gatefold.privacy",
    "dev.gatefold.sandbox",
    "dev.gatefold.shares",
    "dev.gatefold.subscriptions"
})
class SecondJvmSuite {}
