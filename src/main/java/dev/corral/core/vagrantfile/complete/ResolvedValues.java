package dev.corral.core.vagrantfile.complete;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.PlainText;
import dev.corral.core.vagrant.StartVariables;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a setting came to, machine by machine, when everything was merged. Pure. */
public final class ResolvedValues {
    private static final int LONGEST = 160;
    private static final int MOST = 12;
    private static final String HIDDEN = "••••••••";

    private ResolvedValues() {}

    /**
     * The values of a setting, in lines: one for each machine, or a single one where all have the same. Empty where none has any, or the
     * setting is none that is known to come to a value.
     *
     * @param path the setting as {@link Hover#title} names it, for instance {@code vm.box} or {@code provider.libvirt.memory}
     */
    public static List<String> of(Resolution resolution, String path) {
        Map<String, String> values = new LinkedHashMap<>();
        for (ResolvedMachine machine : resolution.machines()) {
            value(machine, path)
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> values.put(
                            PlainText.line(machine.name(), LONGEST),
                            secret(path) ? HIDDEN : PlainText.line(value, LONGEST)));
        }
        if (values.size() == resolution.machines().size()
                && values.values().stream().distinct().count() == 1) {
            return List.of("Is " + values.values().iterator().next());
        }
        List<String> lines = values.entrySet().stream()
                .limit(MOST)
                .map(one -> "Is " + one.getValue() + " in " + one.getKey())
                .collect(Collectors.toCollection(ArrayList::new));
        if (values.size() > MOST) {
            lines.add("and " + (values.size() - MOST) + " more");
        }
        return List.copyOf(lines);
    }

    private static boolean secret(String path) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        return StartVariables.secret(key) && !key.endsWith("_path");
    }

    private static Optional<String> value(ResolvedMachine machine, String path) {
        return switch (path) {
            case "vm.box" ->
                Optional.ofNullable(machine.box().name())
                        .map(name -> name + (machine.box().present() ? "" : ", which is not on this machine"));
            case "vm.box_version" ->
                Optional.ofNullable(machine.box().version())
                        .or(() -> Optional.ofNullable(machine.box().foundVersion()));
            case "vm.box_url" -> Optional.of(text(machine.box().url()));
            case "vm.hostname", "vm.host_name" -> machine.hostname();
            case "vm.boot_timeout" ->
                machine.bootTimeout() > 0 ? Optional.of(machine.bootTimeout() + " s") : Optional.empty();
            case "vm.communicator" -> machine.communicator();
            case "vm.guest" -> Optional.of(text(machine.guest()));
            case "vm.provider" -> machine.provider();
            case "vm.network" ->
                joined(machine.networks().stream()
                        .filter(one -> !one.implicit())
                        .map(one -> one.type() + " " + text(one.options()))
                        .toList());
            case "vm.synced_folder" ->
                joined(machine.syncedFolders().stream()
                        .map(one -> one.guest() + (one.disabled() ? " (disabled)" : " from " + one.host()))
                        .toList());
            case "vm.provision" ->
                joined(machine.provisioners().stream()
                        .map(one -> (one.index() + 1) + " " + one.name().orElse(one.type()))
                        .toList());
            case "vm.disk" ->
                joined(machine.disks().stream().map(ResolvedValues::text).toList());
            default -> nested(machine, path);
        };
    }

    private static Optional<String> nested(ResolvedMachine machine, String path) {
        String[] parts = path.split("\\.", -1);
        if (parts.length == 2 && parts[0].equals("ssh")) {
            return Optional.of(text(machine.ssh().path(parts[1])));
        }
        if (parts.length == 2 && parts[0].equals("winrm")) {
            return Optional.of(text(machine.winrm().path(parts[1])));
        }
        if (parts.length == 3 && parts[0].equals("provider")) {
            return machine.providers().stream()
                    .filter(one -> Objects.equals(one.name(), parts[1]))
                    .findFirst()
                    .map(one -> text(one.settings().path(parts[2])));
        }
        return Optional.empty();
    }

    private static Optional<String> joined(List<String> parts) {
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull() || node.isContainerNode() && node.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(one -> parts.add(text(one)));
            return String.join(", ", parts);
        }
        if (node.isObject()) {
            node.properties().forEach(one -> parts.add(one.getKey() + ": " + text(one.getValue())));
            return String.join(", ", parts);
        }
        return node.asText();
    }
}
