package dev.corral.console.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.operation.remedy.HostFix;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.failure.Remedy;
import dev.corral.core.vagrantfile.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is offered beside a failure. */
@Tag("unit")
class OffersTest {
    private static final Set<Offer.Does> ALL = Set.of(
            Offers.HOLDER,
            Offer.Again.UP,
            Offer.Again.RELOAD,
            Offer.Again.PROVISION,
            Offer.Look.CONSOLE,
            Offer.Look.DOCTOR,
            Offer.Look.SPACE);

    private static FailureView failure(Remedy.Kind kind, String argument) {
        return failure(PhaseKind.LOAD, kind, argument);
    }

    private static FailureView failure(PhaseKind in, Remedy.Kind kind, String argument) {
        return new FailureView(
                Phase.of(in, Story.WEB),
                "It failed.",
                "Mend it.",
                List.of(),
                0,
                false,
                Optional.empty(),
                Optional.of(new Remedy(kind, argument)));
    }

    private static Offers.Situation situation(Set<Offer.Does> can) {
        return new Offers.Situation(
                can,
                "libvirt",
                "qemu:///system",
                Optional.of(Story.resolution()),
                Place.NONE,
                Optional.of(Path.of("/home/ada/app.sh")));
    }

    private static List<Offer.Does> offered(Remedy.Kind kind, String argument) {
        return Offers.of(failure(kind, argument), situation(ALL)).stream()
                .map(Offer::does)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Remedy.Kind.class,
            names = {"DESTROY_AND_UP", "FETCH_BOX_AGAIN"})
    void whatMayTakeSomethingIsOnlySaid(Remedy.Kind kind) {
        assertThat(offered(kind, "a/b")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Remedy.Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DESTROY_AND_UP", "FETCH_BOX_AGAIN"})
    void everyOtherRemedyIsAButton(Remedy.Kind kind) {
        assertThat(offered(kind, kind == Remedy.Kind.FREE_PORT ? "8080" : "thing"))
                .isNotEmpty();
    }

    @Test
    void aCommandIsShownAsItWillRun() {
        assertThat(offered(Remedy.Kind.INSTALL_PLUGIN, "vagrant-qemu"))
                .containsExactly(new Offer.Host(new HostFix.Plugin("vagrant-qemu")));
        assertThat(new HostFix.Plugin("vagrant-qemu").command())
                .containsExactly("vagrant", "plugin", "install", "vagrant-qemu");
        assertThat(new HostFix.Box("a/b", "libvirt").command())
                .containsExactly("vagrant", "box", "add", "--provider", "libvirt", "a/b");
        assertThat(offered(Remedy.Kind.START_NETWORK, "default"))
                .containsExactly(new Offer.Host(new HostFix.Network("qemu:///system", "default")));
        assertThat(offered(Remedy.Kind.ADD_BOX, "a/b"))
                .containsExactly(new Offer.Host(new HostFix.Box("a/b", "libvirt")), Offer.Again.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--local", "-x", "a b", "a;b", "a/b/c", "../b", "a\nb", "$(id)", "./x"})
    void whatIsNoNameIsNotOffered(String name) {
        assertThat(offered(Remedy.Kind.INSTALL_PLUGIN, name)).isEmpty();
        assertThat(offered(Remedy.Kind.START_NETWORK, name)).isEmpty();
        assertThat(offered(Remedy.Kind.ADD_BOX, name)).containsExactly(Offer.Again.UP);
    }

    private static boolean changesThisComputer(PhaseKind in, Remedy.Kind kind) {
        return Offers.of(failure(in, kind, "evil"), situation(ALL)).stream()
                .anyMatch(offer -> offer.does() instanceof Offer.Host);
    }

    @ParameterizedTest
    @EnumSource(PhaseKind.class)
    void whatAGuestMayHaveSaidChangesNothingHere(PhaseKind in) {
        boolean early =
                Set.of(PhaseKind.RESOLVE, PhaseKind.COPY, PhaseKind.LOAD).contains(in);
        boolean box = early || in == PhaseKind.BOX;
        boolean boot = box || in == PhaseKind.CREATE || in == PhaseKind.BOOT;
        assertThat(changesThisComputer(in, Remedy.Kind.INSTALL_PLUGIN)).isEqualTo(early);
        assertThat(changesThisComputer(in, Remedy.Kind.REPAIR_PLUGINS)).isEqualTo(early);
        assertThat(changesThisComputer(in, Remedy.Kind.ADD_BOX)).isEqualTo(box);
        assertThat(changesThisComputer(in, Remedy.Kind.START_NETWORK)).isEqualTo(boot);
        assertThat(changesThisComputer(in, Remedy.Kind.START_POOL)).isEqualTo(boot);
    }

    @Test
    void aPortThatOneLineForwardsCanBeAnother() {
        assertThat(offered(Remedy.Kind.FREE_PORT, "8080"))
                .containsExactly(new Offer.OtherPort(new Place(Story.FILE.toString(), 6), 8080));
        assertThat(offered(Remedy.Kind.FREE_PORT, "8081"))
                .as("forwarded nowhere")
                .isEmpty();
        assertThat(offered(Remedy.Kind.FREE_PORT, "99999")).isEmpty();
        assertThat(offered(Remedy.Kind.FREE_PORT, "")).isEmpty();
    }

    @Test
    void whatMakesNoSenseNowIsNotOffered() {
        for (Remedy.Kind kind :
                List.of(Remedy.Kind.UP, Remedy.Kind.RELOAD, Remedy.Kind.PROVISION, Remedy.Kind.DOCTOR)) {
            assertThat(Offers.of(failure(kind, ""), situation(Set.of()))).isEmpty();
        }
    }

    @Test
    void whoHoldsAMachineCanBeStoppedWhereASandboxIsKnown() {
        assertThat(offered(Remedy.Kind.WAIT, "")).containsExactly(Offers.HOLDER);
        assertThat(Offers.of(failure(Remedy.Kind.WAIT, ""), situation(Set.of(Offer.Again.UP))))
                .isEmpty();
    }

    @Test
    void whatWasCancelledNeedsNoRemedy() {
        FailureView stopped = new FailureView(
                Phase.of(PhaseKind.BOOT),
                "Stopped.",
                "",
                List.of(),
                3,
                true,
                Optional.empty(),
                Optional.of(new Remedy(Remedy.Kind.UP, "")));
        assertThat(Offers.of(stopped, situation(ALL))).isEmpty();
    }

    @Test
    void theLineThatIsKnownCanBeOpened() {
        Offers.Situation now = new Offers.Situation(
                Set.of(), "", "", Optional.empty(), new Place("/home/ada/Vagrantfile", 7), Optional.empty());
        assertThat(Offers.of(failure(Remedy.Kind.WAIT, ""), now))
                .extracting(Offer::label)
                .containsExactly("Open line 7");
    }
}
