package dev.corral.console;

import dev.corral.console.page.PageView;
import dev.corral.console.sandboxes.SandboxesPage;
import dev.corral.console.solve.SolvePage;
import dev.corral.console.strays.StraysPage;
import dev.corral.console.vagrantfile.VagrantfilePage;
import dev.corral.console.vagrantfile.machines.MachinesSide;
import java.util.List;

/** Where the pages are listed, in the order of the rail. The first one is shown when the window opens. */
final class WindowPages {
    /** A line for each page. */
    static final List<PageView.Maker> ALL = List.of(
            SandboxesPage::new, // evals, samples and VMs
            context -> new VagrantfilePage(context, MachinesSide::beside), // a Vagrantfile and its machines
            SolvePage::new, // a sample solved by hand, and its clock
            StraysPage::new); // what takes room, whose it is, and what can be had back

    private WindowPages() {}
}
