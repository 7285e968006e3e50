package dev.gatefold.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of IP prefixes, and membership of addresses in a set of them. */
class IpPrefixSetTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    prefixes                               | address               | contained
                    66.249.64.0/27                         | 66.249.63.255         | false
                    66.249.64.0/27                         | 66.249.64.0           | true
                    66.249.64.0/27                         | 66.249.64.31          | true
                    66.249.64.0/27                         | 66.249.64.32          | false
                    # bits after the prefix are ignored
                    66.249.64.9/27                         | 66.249.64.1           | true
                    66.249.64.9                            | 66.249.64.9           | true
                    66.249.64.9                            | 66.249.64.10          | false
                    # bytes above 127 are unsigned
                    200.0.0.0/8                            | 200.255.255.255       | true
                    255.255.255.255/32                     | 255.255.255.255       | true
                    # a nested prefix does not hide the rest of the wider one
                    20.0.0.0/8 20.1.0.0/16                 | 20.2.0.1              | true
                    20.1.0.0/16 20.0.0.0/8 20.1.0.0/16     | 20.200.0.1            | true
                    20.0.0.0/16 20.0.0.0/24 20.1.0.0/24    | 20.0.255.1            | true
                    20.0.0.0/16 20.0.0.0/24 20.1.0.0/24    | 20.1.1.0              | false
                    2001:4860:4801:10::/64                 | 2001:4860:4801:10::1  | true
                    2001:4860:4801:10::/64                 | 2001:4860:4801:10:ffff:ffff:ffff:ffff | true
                    2001:4860:4801:10::/64                 | 2001:4860:4801:11::   | false
                    2001:4860:4801:10::/64                 | 2001:4860:4801:f:ffff:ffff:ffff:ffff  | false
                    2001:4860::/32                         | 2001:4860:ffff::1     | true
                    2001:4860::1:0/112                     | 2001:4860::1:ffff     | true
                    2001:4860::1:0/112                     | 2001:4860::2:0        | false
                    2001:4860::1/128                       | 2001:4860::1          | true
                    # an IPv6 address with the same last bytes
                    66.249.64.0/27                         | ::66.249.64.1         | false
                    """)
    void prefixesContainMatchingAddresses(String prefixes, String address, boolean contained) {
        assertThat(of(prefixes).contains(InetAddresses.forString(address))).isEqualTo(contained);
    }

    @Test
    void ipv4MappedAddressMatchesIpv4Prefix() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 66, (byte) 249, 64, 1};
        InetAddress ipv4Mapped = Inet6Address.getByAddress(null, mapped, 0);

        assertThat(ipv4Mapped).isInstanceOf(Inet6Address.class);
        assertThat(of("66.249.64.0/27").contains(ipv4Mapped)).isTrue();
        assertThat(of("66.249.64.32/27").contains(ipv4Mapped)).isFalse();
    }

    @Test
    void prefixesContainExactlyTheUnionOfEachPrefix() throws UnknownHostException {
        Random random = new Random(20261123);
        for (int round = 0; round < 200; round++) {
            List<String> prefixes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                prefixes.add("77." + random.nextInt(4) + "." + random.nextInt(4) + ".0/" + (8 + random.nextInt(25)));
            }
            IpPrefixSet union = of(String.join(" ", prefixes));
            for (int i = 0; i < 200; i++) {
                byte[] bytes = {77, (byte) random.nextInt(6), (byte) random.nextInt(6), (byte) random.nextInt(256)};
                InetAddress address = InetAddress.getByAddress(bytes);
                boolean contained =
                        prefixes.stream().anyMatch(prefix -> of(prefix).contains(address));
                assertThat(union.contains(address))
                        .as("%s in %s", address, prefixes)
                        .isEqualTo(contained);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8.0.0.0/7, true",
        "8.0.0.0/8, false",
        "0.0.0.0/0, true",
        "2001::/15, true",
        "2001::/16, false",
        "::/0, true",
        // contains the IPv4-mapped addresses
        "::/64, true",
        "::fffe:0:0/95, true"
    })
    void shortPrefixIsTooWide(String prefix, boolean wide) {
        assertThat(IpPrefix.parse(prefix).isTooWide()).isEqualTo(wide);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "example.com/8",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/",
                "1.2.3.4/8/8",
                "1.2.3/8",
                "::/129"
            })
    void invalidPrefixIsRejected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    private static IpPrefixSet of(String prefixes) {
        return new IpPrefixSet(
                Arrays.stream(prefixes.split(" ")).map(IpPrefix::parse).toList());
    }
}
