package dev.gatefold.catalog.urls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Query parameters that describe how a reader reached an article and do not identify it. */
final class TrackingParameters {
    private static final Set<String> NAMES = Set.of(
            // click identifiers of advertising networks
            "fbclid",
            "gclid",
            "gclsrc",
            "gbraid",
            "wbraid",
            "dclid",
            "msclkid",
            "twclid",
            "ttclid",
            "yclid",
            "igshid",
            "igsh",
            "li_fat_id",
            "srsltid",
            "_ga",
            "_gl",
            "__twitter_impression",
            // newsletters and campaigns
            "mc_cid",
            "mc_eid",
            "mkt_tok",
            "_hsenc",
            "_hsmi",
            "vero_id",
            "oly_anon_id",
            "oly_enc_id",
            "wt_mc",
            "wt_zmc",
            "cmp",
            "cmpid",
            "ito",
            "ico",
            "icid",
            "maca",
            "xtor",
            "ocid",
            "ftag",
            "smid",
            "smtyp",
            "taid",
            "cndid",
            "mbid",
            "sref",
            "partner",
            "feedname",
            "traffic_source",
            "ns_source",
            "ns_mchannel",
            "ns_campaign",
            // AMP edition of the same article
            "amp",
            "amp_js_v",
            "amp_gsa",
            "usqp",
            "outputtype");

    private static final String UTM = "utm_";

    private TrackingParameters() {}

    /** Returns the query without tracking parameters and empty parameters. */
    static String removeFrom(String query) {
        return Arrays.stream(query.split("&"))
                .filter(parameter -> !parameter.isEmpty() && !isTracking(parameter))
                .collect(Collectors.joining("&"));
    }

    private static boolean isTracking(String parameter) {
        int equals = parameter.indexOf('=');
        String name = (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
        return name.startsWith(UTM) || NAMES.contains(name);
    }
}
