package dev.gatefold.catalog.urls;

import java.util.Arrays;
import java.util.List;
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
            "guccounter",
            "soc_src",
            "soc_trk",
            "ref",
            "ref_src",
            "ref_url",
            "reflink",
            "share",
            // newsletters and campaigns
            "mc_cid",
            "mc_eid",
            "mkt_tok",
            "mod",
            "emc",
            "regi_id",
            "segment_id",
            "instance_id",
            "campaign_id",
            "ncid",
            "intcmp",
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
            "_amp",
            "amp_js_v",
            "amp_gsa",
            "usqp",
            "outputtype");

    /** Families of parameters of Google, AT Internet (Piano), Matomo, HubSpot and Yahoo. */
    private static final List<String> PREFIXES = List.of("utm_", "gaa_", "at_", "pk_", "mtm_", "hsa_", "guce_");

    /** Parameters of other names with which publishers choose the AMP edition. */
    private static final Set<String> AMP_EDITION =
            Set.of("format=amp", "mode=amp", "output=amp", "service=amp", "type=amp", "version=amp", "view=amp");

    private TrackingParameters() {}

    /**
     * Returns the query without tracking parameters and empty parameters. An ampersand that is escaped as in HTML, which
     * is copied from the source of pages, separates parameters as well.
     */
    static String removeFrom(String query) {
        return Arrays.stream(query.replace("&amp;", "&").split("&"))
                .filter(parameter -> !parameter.isEmpty() && !isTracking(parameter))
                .collect(Collectors.joining("&"));
    }

    private static boolean isTracking(String parameter) {
        int equals = parameter.indexOf('=');
        String name = (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
        return NAMES.contains(name)
                || PREFIXES.stream().anyMatch(name::startsWith)
                || AMP_EDITION.contains(parameter.toLowerCase(Locale.ROOT));
    }
}
