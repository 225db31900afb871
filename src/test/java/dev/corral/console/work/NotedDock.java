package dev.corral.console.work;

import dev.corral.console.messages.DockPort;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A dock that notes what it is asked to show. */
public final class NotedDock implements DockPort {
    /** What was asked for, in words. */
    public final List<String> shown = new ArrayList<>();
    /** The names of the machines whose terminals are open. */
    public final Set<String> terminals = new HashSet<>();

    @Override
    public void openTerminal(SandboxView sandbox, MachineView machine) {
        shown.add("terminal " + machine.name());
    }

    @Override
    public void openAnotherTerminal(SandboxView sandbox, MachineView machine) {
        shown.add("another terminal " + machine.name());
    }

    @Override
    public void openTerminalAtFailure(SandboxView sandbox, MachineView machine) {
        shown.add("terminal at failure " + machine.name());
    }

    @Override
    public boolean terminalOpen(MachineView machine) {
        return terminals.contains(machine.name());
    }

    @Override
    public void openFiles(SandboxView sandbox, MachineView machine) {
        shown.add("files " + machine.name());
    }

    @Override
    public void openNetwork(SandboxView sandbox) {
        shown.add("network " + sandbox.id());
    }

    @Override
    public void openLog(SandboxView sandbox) {
        shown.add("log " + sandbox.id());
    }

    @Override
    public void openVagrantfile(String title, Path file, int line) {
        shown.add(file.getFileName() + ":" + line);
    }

    @Override
    public Runnable showVagrantfile(String title, Path file, String text) {
        shown.add(title + ": " + text);
        return () -> shown.add(title + " put back");
    }

    @Override
    public void openRecording(Path file) {
        shown.add("recording " + file.getFileName());
    }

    @Override
    public void browse(String address) {
        shown.add("address " + address);
    }

    @Override
    public void showActivity() {
        shown.add("activity");
    }
}
