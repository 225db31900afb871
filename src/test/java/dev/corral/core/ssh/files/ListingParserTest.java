package dev.corral.core.ssh.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.corral.core.ssh.GuestText;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a listing that a guest made up costs. */
@Tag("unit")
class ListingParserTest {
    private static final long MOST = 150L << 20;
    private static final String HEAD = "/p\n\0";

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static GuestListing parsed(byte[] bytes) {
        long before = allocated();
        GuestListing listing = ListingParser.parse(bytes, 10, 4 << 20);
        assertThat(allocated() - before).isLessThan(MOST);
        return listing;
    }

    @Test
    void millionsOfPartsAreNotKept() {
        byte[] zeros = new byte[12 << 20];
        byte[] first = GuestText.bytes(HEAD + "/81a4 1 1 0 0 a b/./name\n\0");
        System.arraycopy(first, 0, zeros, 0, first.length);
        assertThat(parsed(zeros).entries()).extracting(GuestEntry::name).containsExactly("name");
    }

    @Test
    void norAreMillionsOfRecords() {
        assertThat(parsed(GuestText.bytes(HEAD + "/".repeat(4 << 20) + "\0" + "/".repeat(4 << 20) + "\0"))
                        .entries())
                .isEmpty();
        // What makes no sense counts: there may be more.
        assertThat(parsed(GuestText.bytes(HEAD + "/x/./n\n".repeat(500_000) + "\0\0"))
                        .cut())
                .isTrue();
    }

    @Test
    void aPartIsReadUpToItsBound() {
        GuestListing listing = parsed(GuestText.bytes(HEAD + "\u00ff".repeat(6 << 20) + "\0\0"));
        assertThat(listing.cut()).isTrue();
        assertThat(listing.entries()).isEmpty();
    }

    @Test
    void norAreMillionsOfEntriesOrNames() {
        String head = HEAD + "=\n" + "a:x:1\n".repeat(500_000) + "\0" + ":".repeat(4 << 20) + "\0";
        GuestListing listing = parsed(GuestText.bytes(head + "f 644 1 1 1 1\0n\0\0f\0".repeat(200_000)));
        assertThat(listing.entries()).hasSize(10).allMatch(entry -> entry.owner()
                .equals("a"));
        assertThat(listing.cut()).isTrue();
    }
}
