package dev.corral.core.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.hypervisor.Volume;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** libvirt's descriptions, element by element. */
@Tag("unit")
class LibvirtXmlTest {
    private static final String UUID = "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11";

    private static Volume volume(String inside) throws IOException {
        return LibvirtXml.volume("<volume>" + inside + "</volume>", "qemu:///system", "default");
    }

    @Test
    void aVolumeIsReadFromItsOwnElementsOnly() throws IOException {
        Volume volume = volume("<name>a.img</name><key>/k</key><source><name>other</name></source>"
                + "<allocation unit='bytes'> 4096 </allocation>"
                + "<target><path>/i/a.img</path><allocation>1</allocation><permissions><mode>0600</mode><path>/no</path></permissions>"
                + "<timestamps><atime>1</atime><mtime>1795648091.5</mtime></timestamps><features><path>/no</path></features></target>"
                + "<backingStore><path>/i/base.img</path><timestamps><mtime>7</mtime></timestamps></backingStore>");
        assertThat(volume)
                .isEqualTo(new Volume(
                        "qemu:///system",
                        "default",
                        "a.img",
                        "/i/a.img",
                        4096,
                        Optional.of("/i/base.img"),
                        Instant.ofEpochSecond(1_795_648_091, 500_000_000)));
        assertThat(volume("<mtime>5</mtime><path>/no</path>"))
                .isEqualTo(new Volume("qemu:///system", "default", "", "", -1, Optional.empty(), Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({
        "1795648091.423919949, 1795648091, 423919949",
        "1795648091, 1795648091, 0",
        "1795648091.1234567891, 1795648091, 123456789",
        "'', 0, 0",
        "soon, 0, 0",
        "1.x, 0, 0",
        "99999999999999999999, 0, 0"
    })
    void aTimeIsReadToTheNanosecondOrNotAtAll(String text, long seconds, long nanos) throws IOException {
        assertThat(volume("<target><timestamps><mtime>" + text + "</mtime></timestamps></target>")
                        .modified())
                .isEqualTo(Instant.ofEpochSecond(seconds, nanos));
    }

    @Test
    void aSizeThatIsNoNumberIsUnknown() throws IOException {
        assertThat(volume("<allocation>much</allocation>").bytes()).isEqualTo(-1);
        assertThat(volume("<allocation>0</allocation>").bytes()).isZero();
    }

    @Test
    void aPoolIsReadFromItsOwnElementsOnly() throws IOException {
        assertThat(LibvirtXml.pool(
                        "<pool><name>default</name><uuid> " + UUID + "\n</uuid><source><name>s</name><path>/s</path>"
                                + "<uuid>s</uuid></source><target><path>/images</path><permissions><path>/no</path></permissions></target>"
                                + "</pool>"))
                .isEqualTo(new LibvirtXml.Pool(UUID, "default", "/images"));
        assertThat(LibvirtXml.pool("<pool/>")).isEqualTo(new LibvirtXml.Pool("", "", ""));
    }

    @Test
    void aNetworkIsReadFromItsOwnElementsOnly() throws IOException {
        assertThat(LibvirtXml.network("<network><name>n</name><uuid> " + UUID + " </uuid><bridge name='virbr1'/>"
                        + "<ip><name>x</name><bridge name='no'/></ip></network>"))
                .isEqualTo(new LibvirtXml.Net(UUID, "n", "virbr1"));
        assertThat(LibvirtXml.network("<network/>")).isEqualTo(new LibvirtXml.Net("", "", ""));
    }

    private static LibvirtDomain domain(String inside) throws IOException {
        return LibvirtXml.domain("<domain>" + inside + "</domain>");
    }

    @Test
    void aDomainsFilesAreThoseOfItsOs() throws IOException {
        LibvirtDomain domain =
                domain("<os><kernel>\n/k</kernel><initrd>/i</initrd><dtb>/d</dtb><loader>/l</loader><loader/>"
                        + "<kernel>/k</kernel><cmdline>/no</cmdline><nvram> /n </nvram></os><kernel>/no</kernel>"
                        + "<features><kernel>/no</kernel></features><other><loader>/no</loader></other>");
        assertThat(domain.reads()).containsExactly("/k", "/i", "/d", "/l");
        assertThat(domain.nvram()).isEqualTo("/n");
        assertThat(domain("").nvram()).isEmpty();
    }

    @Test
    void onlyInterfacesLeadToNetworks() throws IOException {
        LibvirtDomain domain = domain(
                "<devices><interface><source network='a' bridge='b'/></interface>"
                        + "<interface><source network='a'/><deeper><source network='no'/></deeper></interface>"
                        + "<filesystem><source network='no'/></filesystem><interface><target network='no'/></interface></devices>");
        assertThat(domain.networks()).containsExactly("a");
        assertThat(domain.bridges()).containsExactly("b");
    }

    @Test
    void whatIsSharedOrReadOnlyIsNotWritten() throws IOException {
        LibvirtDomain domain = domain("<devices><disk><source file='/a'/><mirror><readonly/></mirror></disk>"
                + "<disk device='disk'><source file='/b'/><shareable/></disk><disk device='floppy'><source file='/c'/></disk>"
                + "</devices>");
        assertThat(domain.disks()).extracting(LibvirtDomain.Disk::writes).containsExactly(true, false, false);
        assertThat(domain.disks()).extracting(disk -> disk.source().path()).containsExactly("/a", "/b", "/c");
        assertThat(domain.disks().getFirst().source().empty()).isFalse();
        assertThat(new LibvirtDomain.Source("", "p", "").empty()).isTrue();
        assertThat(new LibvirtDomain.Source("", "p", "v").empty()).isFalse();
    }

    @Test
    void aChainIsCompleteOnlyIfItsEndIsTold() throws IOException {
        LibvirtDomain domain = domain(
                "<devices><disk><source file='/a'/><backingStore type='file'><source file='/b'/>"
                        + "<backingStore type='file'><source/><backingStore/></backingStore></backingStore></disk>"
                        + "<disk><source file='/c'/><backingStore type='file'><source file='/d'/></backingStore></disk></devices>");
        assertThat(domain.disks().get(0).chain())
                .extracting(LibvirtDomain.Source::path)
                .containsExactly("/b");
        assertThat(domain.disks().get(0).complete()).isTrue();
        assertThat(domain.disks().get(1).complete()).isFalse();
    }

    @Test
    void theVagrantfileIsTheFirstThatTheDescriptionNames() throws IOException {
        assertThat(domain("<description>x\n  Source:  /a/Vagrantfile \nSource: /b</description>")
                        .vagrantfile())
                .isEqualTo("/a/Vagrantfile");
        assertThat(domain("<description>no Source: /a</description>").vagrantfile())
                .isEmpty();
    }

    @Test
    void volumesAreFoundByPathAndByPoolAndName() {
        Volume volume = new Volume("u", "p", "v", "/i/v", 1, Optional.empty(), Instant.EPOCH);
        LibvirtView.Index index = new LibvirtView.Index(List.of(volume));
        assertThat(index.at("/i/v")).isSameAs(volume);
        assertThat(index.at("/i/w")).isNull();
        assertThat(index.path(new LibvirtDomain.Source("", "p", "v"))).isEqualTo("/i/v");
        assertThat(index.path(new LibvirtDomain.Source("/x", "p", "v"))).isEqualTo("/x");
        assertThat(index.path(new LibvirtDomain.Source("", "q", "v"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "' a.img   /i/a.img'|a.img|/i/a.img",
                "' a b.img   /i/a b.img'|a b.img|/i/a b.img",
                "' a   rbd:pool/a'|a|rbd:pool/a",
                "' a   /i/x   y'|a|/i/x   y",
                "' a   x y'|a|x y",
                "a|none|none",
                "''|none|none",
                "/a|none|none",
                "a/b|none|none"
            })
    void aLineOfVolumesIsNameAndPath(String line, String name, String path) {
        Optional<Volume> listed = LibvirtSurvey.listed("u", "p", line);
        assertThat(listed.map(Volume::name).orElse(null)).isEqualTo(name);
        assertThat(listed.map(Volume::path).orElse(null)).isEqualTo(path);
        assertThat(listed.map(Volume::bytes).orElse(-1L)).isEqualTo(-1);
    }

    @Test
    void elementsAreWalkedInTheirOrder() throws IOException {
        XmlTags xml = new XmlTags("<?xml version='1.0'?><a x='1'><!-- c --><b>t<![CDATA[<u>]]></b><c><d/></c></a>");
        assertThat(xml.next()).isTrue();
        assertThat(xml.start()).isTrue();
        assertThat(xml.name()).isEqualTo("a");
        assertThat(xml.attribute("x")).isEqualTo("1");
        assertThat(xml.attribute("y")).isEmpty();
        assertThat(xml.depth()).isEqualTo(1);
        assertThat(xml.next()).isTrue();
        assertThat(xml.open(2)).isEqualTo("b");
        assertThat(xml.open(3)).isEmpty();
        assertThat(xml.inside("a")).isTrue();
        assertThat(xml.inside("c")).isFalse();
        assertThat(xml.text()).isEqualTo("t<u>");
        assertThat(xml.next()).isTrue();
        assertThat(xml.start()).isFalse();
        assertThat(xml.name()).isEqualTo("b");
        assertThat(xml.depth()).isEqualTo(1);
        assertThat(xml.next()).isTrue();
        assertThat(xml.name()).isEqualTo("c");
        xml.skip();
        assertThat(xml.name()).as("at its end").isEqualTo("c");
        assertThat(xml.start()).isFalse();
        assertThat(xml.next()).isTrue();
        assertThat(xml.name()).isEqualTo("a");
        assertThat(xml.next()).isFalse();
    }

    @Test
    void whatDoesNotEndIsNoXml() throws IOException {
        XmlTags open = new XmlTags("<a><b>text");
        open.next();
        open.next();
        assertThatThrownBy(open::text).isInstanceOf(IOException.class).hasMessageStartingWith("the XML can't be read");
        XmlTags cut = new XmlTags("<a><b>");
        cut.next();
        assertThatThrownBy(cut::skip).isInstanceOf(IOException.class);
    }
}
