package dev.corral.console.vagrantfile.machines;

import dev.corral.console.page.Action;
import dev.corral.console.page.PageContext;
import dev.corral.console.remedy.Offer;
import dev.corral.console.remedy.Offers;
import dev.corral.console.remedy.Remedies;
import dev.corral.console.remedy.SandboxWays;
import dev.corral.console.work.Verb;
import dev.corral.core.inventory.MachineView;
import java.util.List;

/**
 * What links and menus on cards do in the window. For the FX thread.
 *
 * @param context  what a page works with
 * @param model    knows the chosen sandbox
 * @param commands does it
 * @param remedies stops who holds a machine
 */
record CardLinks(PageContext context, DebugModel model, DebugCommands commands, Remedies remedies)
        implements CardsView.Links {
    @Override
    public void terminal(MachineCard card) {
        model.sandboxes().current().ifPresent(view -> card.machine()
                .ifPresent(machine -> context.dock().openTerminal(view, machine)));
    }

    @Override
    public void files(MachineCard card) {
        model.sandboxes().current().ifPresent(view -> card.machine()
                .ifPresent(machine -> context.dock().openFiles(view, machine)));
    }

    @Override
    public void network() {
        model.sandboxes().current().ifPresent(context.dock()::openNetwork);
    }

    @Override
    public void log() {
        model.sandboxes().story().ifPresent(context.dock()::openLog);
    }

    @Override
    public void stopHolder() {
        remedies.run(
                new Offer("Stop it…", "", Offers.HOLDER),
                new SandboxWays(model.sandboxes().current(), again -> {}, place -> {}, look -> {}));
    }

    @Override
    public void sandbox(String id) {
        model.choose(id);
    }

    @Override
    public List<CardMenu.Offered> offered(MachineCard card) {
        return commands.offered(card);
    }

    @Override
    public void verb(Action action, MachineCard card) {
        commands.verb(action, card);
    }

    @Override
    public void later(Verb verb, MachineView machine) {
        commands.later(verb, machine);
    }
}
