package dev.corral.core.operation.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The primary machine as a Vagrantfile's text marks it. */
@Tag("unit")
class PrimaryMachineTest {
    @Test
    void isFoundInTheUsualForms() {
        assertThat(PrimaryMachine.in("c.vm.define \"victim\"\nc.vm.define \"attacker\", primary: true do |a|\n"))
                .contains("attacker");
        assertThat(PrimaryMachine.in("  config.vm.define(:web, primary: true)")).contains("web");
        assertThat(PrimaryMachine.in("config.vm.define 'web', autostart: true, :primary => true"))
                .contains("web");
        assertThat(PrimaryMachine.in("config.vm.define \"web#{ENV['INSPECT_VM_SUFFIX']}\", primary: true"))
                .contains("web");
    }

    @Test
    void isNotGuessed() {
        assertThat(PrimaryMachine.in("config.vm.define \"web\"")).isEmpty();
        assertThat(PrimaryMachine.in("config.vm.define \"web\", primary: false"))
                .isEmpty();
        assertThat(PrimaryMachine.in("# config.vm.define \"web\", primary: true"))
                .isEmpty();
        assertThat(PrimaryMachine.in("config.vm.define name, primary: true")).isEmpty();
    }
}
