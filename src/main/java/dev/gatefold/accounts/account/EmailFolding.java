package dev.gatefold.accounts.account;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Maps the spellings of an e-mail address that reach one mailbox to one text, which is compared and never used as an address.
 *
 * <p>Upper and lower case are equal, although RFC 5321 leaves that to the receiving host: all known providers ignore it in
 * practice. Dots and tags are removed only for the providers in {@link MailProvider}.
 */
final class EmailFolding {
    private static final String SUBDOMAIN_SEPARATOR = ".";

    private EmailFolding() {}

    /**
     * Returns the folded form of an address.
     *
     * @param address with one {@code @} that is not first
     */
    static String fold(String address) {
        String normalized = Normalizer.normalize(address.strip(), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                // lower case of a few letters, such as the Turkish dotted I, is not normalized
                .transform(lower -> Normalizer.normalize(lower, Normalizer.Form.NFKC));
        int at = normalized.lastIndexOf('@');
        if (at < 1) {
            return normalized;
        }
        return fold(normalized.substring(0, at), asciiDomain(normalized.substring(at + 1)));
    }

    private static String fold(String localPart, String domain) {
        int dot = domain.indexOf(SUBDOMAIN_SEPARATOR);
        String parent = domain.substring(dot + 1);
        // Fastmail delivers anything@user.fastmail.com to user@fastmail.com
        if (dot > 0
                && MailProvider.ofDomain(parent)
                        .filter(MailProvider.FASTMAIL::equals)
                        .isPresent()) {
            return domain.substring(0, dot) + "@" + parent;
        }
        return MailProvider.ofDomain(domain)
                .map(provider -> provider.mailbox(localPart) + "@" + provider.canonicalDomain(domain))
                .orElse(localPart + "@" + domain);
    }

    /** Returns the ASCII form of an internationalized domain name; the name itself if it is not valid. */
    private static String asciiDomain(String domain) {
        String withoutRoot = domain.endsWith(SUBDOMAIN_SEPARATOR) ? domain.substring(0, domain.length() - 1) : domain;
        try {
            return IDN.toASCII(withoutRoot, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // an address that the issuer accepts but that is no valid domain name is compared as it is
            return withoutRoot;
        }
    }
}
