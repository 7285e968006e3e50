package dev.gatefold.accounts.account;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mail providers that deliver several spellings of an address to one mailbox. The values follow the help pages of the
 * providers. A domain that is not listed has no such rule: its owner may give {@code a.b} and {@code ab} to two persons.
 *
 * <table>
 * <caption>Rules</caption>
 * <tr><th>provider</th><th>ignored characters</th><th>separator of tags</th><th>domains</th></tr>
 * <tr><td>Gmail</td><td>dot</td><td>plus</td><td>one mailbox in both domains</td></tr>
 * <tr><td>Proton</td><td>dot, hyphen, underscore</td><td>plus</td><td>user names are unique over all domains</td></tr>
 * <tr><td>iCloud</td><td>none</td><td>plus</td><td>one mailbox in all three domains</td></tr>
 * <tr><td>Microsoft</td><td>none</td><td>plus</td><td>each domain has its own mailboxes</td></tr>
 * <tr><td>Fastmail</td><td>none</td><td>plus</td><td>each domain has its own mailboxes; {@code tag@user.fastmail.com} is
 * {@code user@fastmail.com}</td></tr>
 * <tr><td>Yahoo</td><td>none</td><td>hyphen, which only disposable addresses contain</td><td>each domain has its own
 * mailboxes</td></tr>
 * </table>
 */
enum MailProvider {
    GMAIL(".", '+', true, "gmail.com googlemail.com"),
    PROTON(".-_", '+', true, "proton.me protonmail.com protonmail.ch pm.me"),
    ICLOUD("", '+', true, "icloud.com me.com mac.com"),
    MICROSOFT("", '+', false, """
        outlook.com outlook.at outlook.be outlook.cl outlook.co.id outlook.co.il outlook.co.nz outlook.co.th
        outlook.com.ar outlook.com.au outlook.com.br outlook.com.gr outlook.com.pe outlook.com.tr outlook.com.vn
        outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.hu outlook.ie outlook.in outlook.it outlook.jp
        outlook.kr outlook.lv outlook.my outlook.ph outlook.pt outlook.sa outlook.sg outlook.sk
        hotmail.com hotmail.at hotmail.be hotmail.ca hotmail.ch hotmail.cl hotmail.co.id hotmail.co.il hotmail.co.jp
        hotmail.co.kr hotmail.co.nz hotmail.co.th hotmail.co.uk hotmail.co.za hotmail.com.ar hotmail.com.au
        hotmail.com.br hotmail.com.gr hotmail.com.tr hotmail.com.vn hotmail.cz hotmail.de hotmail.dk hotmail.es
        hotmail.fi hotmail.fr hotmail.gr hotmail.hu hotmail.ie hotmail.in hotmail.it hotmail.jp hotmail.lt hotmail.lv
        hotmail.my hotmail.nl hotmail.no hotmail.ph hotmail.pt hotmail.rs hotmail.se hotmail.sg hotmail.sk
        live.com live.at live.be live.ca live.cl live.cn live.co.kr live.co.uk live.co.za live.com.ar live.com.au
        live.com.mx live.com.my live.com.ph live.com.pt live.com.sg live.de live.dk live.fi live.fr live.hk live.ie
        live.in live.it live.jp live.nl live.no live.ru live.se msn.com passport.com windowslive.com
        """),
    FASTMAIL("", '+', false, """
        fastmail.com fastmail.fm fastmail.cn fastmail.co.uk fastmail.com.au fastmail.de fastmail.es fastmail.fr
        fastmail.im fastmail.in fastmail.jp fastmail.mx fastmail.net fastmail.nl fastmail.org fastmail.se fastmail.to
        fastmail.tw fastmail.uk fastmail.us
        """),
    YAHOO("", '-', false, """
        yahoo.com yahoo.ca yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.uk
        yahoo.co.za yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.co yahoo.com.hk yahoo.com.mx yahoo.com.my
        yahoo.com.pe yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.ve yahoo.com.vn yahoo.de yahoo.dk
        yahoo.es yahoo.fi yahoo.fr yahoo.gr yahoo.hu yahoo.ie yahoo.in yahoo.it yahoo.nl yahoo.no yahoo.pl yahoo.pt
        yahoo.ro yahoo.se myyahoo.com rocketmail.com ymail.com
        """);

    private static final Map<String, MailProvider> BY_DOMAIN = Arrays.stream(values())
            .flatMap(provider -> provider.domains().map(domain -> Map.entry(domain, provider)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String ignoredCharacters;
    private final char tagSeparator;
    private final boolean hasSharedMailboxes;
    private final String domainList;

    /**
     * Creates a provider.
     *
     * @param hasSharedMailboxes whether an address names the same mailbox in all domains
     */
    MailProvider(String ignoredCharacters, char tagSeparator, boolean hasSharedMailboxes, String domainList) {
        this.ignoredCharacters = ignoredCharacters;
        this.tagSeparator = tagSeparator;
        this.hasSharedMailboxes = hasSharedMailboxes;
        this.domainList = domainList;
    }

    /** Returns the provider of a domain in lower case; empty if the domain is not listed. */
    static Optional<MailProvider> ofDomain(String domain) {
        return Optional.ofNullable(BY_DOMAIN.get(domain));
    }

    /** Returns the domain that stands for all domains in which an address names the same mailbox. */
    String canonicalDomain(String domain) {
        return hasSharedMailboxes ? domains().findFirst().orElseThrow() : domain;
    }

    /** Returns the name of the mailbox without tag and ignored characters; the local part itself if nothing would remain. */
    String mailbox(String localPart) {
        int tag = localPart.indexOf(tagSeparator);
        String name = (tag < 0 ? localPart : localPart.substring(0, tag))
                .chars()
                .filter(character -> ignoredCharacters.indexOf(character) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        return name.isEmpty() ? localPart : name;
    }

    private Stream<String> domains() {
        return Arrays.stream(domainList.strip().split("\\s+", -1));
    }
}
