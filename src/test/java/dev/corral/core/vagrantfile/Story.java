package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.vagrantfile.ResolvedMachine.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What decides about a project, as a line for each machine, so that a difference is to be seen. */
final class Story {
    private Story() {}

    static String network(Network network) {
        return Stream.of(
                        network.type(),
                        network.options().path("ip").asText(""),
                        network.options().path("host").asText(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** As Corral resolved it; {@code own} is the folder that the projects lie in. */
    static List<String> of(Resolution resolution, Path own) {
        List<String> lines =
                new ArrayList<>(List.of("primary " + resolution.primary().orElse("none")));
        for (ResolvedMachine machine : resolution.machines()) {
            lines.add(String.join(
                    " | ",
                    machine.name(),
                    machine.provider().orElse("none"),
                    "" + machine.autostart(),
                    machine.hostname().orElse(""),
                    Optional.ofNullable(machine.box().name()).orElse(""),
                    machine.provisioners().stream()
                            .map(one -> String.join(
                                    " ",
                                    one.name()
                                            .filter(name -> !one.settings()
                                                    .path("name")
                                                    .asText("")
                                                    .equals(name))
                                            .orElse(""),
                                    one.type(),
                                    one.run().equals("once") ? "" : one.run(),
                                    one.settings().path("path").asText("").replace(own.toString(), "")))
                            .toList()
                            .toString(),
                    machine.syncedFolders().stream()
                            .map(one -> String.join(
                                    " ",
                                    one.host().replace(own.toString(), ""),
                                    one.guest(),
                                    one.type() == null ? "" : one.type(),
                                    "" + one.disabled()))
                            .toList()
                            .toString(),
                    machine.networks().stream().map(Story::network).toList().toString(),
                    machine.triggers().stream()
                            .map(one -> one.on() + " "
                                    + Optional.ofNullable(one.name()).orElse(""))
                            .toList()
                            .toString()));
        }
        return lines;
    }

    /** As Vagrant sees it; {@code below} is the folder that the projects lie in. */
    static List<String> of(JsonNode facts, Path below) {
        List<String> lines = new ArrayList<>(List.of("primary "
                + (facts.path("primary").isTextual() ? facts.path("primary").asText() : "none")));
        for (JsonNode machine : facts.path("machines")) {
            lines.add(String.join(
                    " | ",
                    text(machine, "name"),
                    text(machine, "provider"),
                    text(machine, "autostart"),
                    text(machine, "hostname"),
                    text(machine, "box"),
                    texts(machine, "provisioners", below),
                    texts(machine, "folders", below),
                    texts(machine, "networks", below),
                    texts(machine, "triggers", below)));
        }
        return lines;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).isNull() ? "" : node.path(name).asText("");
    }

    private static String texts(JsonNode node, String name, Path below) {
        List<String> texts = new ArrayList<>();
        node.path(name).forEach(one -> texts.add(one.asText()));
        return texts.toString().replace(below.toString(), "");
    }
}
