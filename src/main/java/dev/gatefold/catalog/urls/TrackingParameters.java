package dev.gatefold.catalog.urls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Parameters that say how a reader came to an article, and nothing about which article it is. */
final class TrackingParameters {
    private static final Set<String> NAMES = Set.of(
            // click identifiers of advertisers
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
            // an edition of the same article
            "amp",
            "amp_js_v",
            "amp_gsa",
            "usqp",
            "outputtype");

    private static final String UTM = "utm_";

    private TrackingParameters() {}

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
