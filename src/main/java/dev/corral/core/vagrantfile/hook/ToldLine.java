package dev.corral.core.vagrantfile.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form in which our Ruby tells: a line of JSON. */
final class ToldLine {
    private static final Logger LOG = LoggerFactory.getLogger(ToldLine.class);

    private ToldLine() {}

    /** Reads a line; empty, and logged, if it is none of these. */
    static Optional<Told> parse(String line) {
        try {
            JsonNode node = Json.mapper().readTree(line);
            return Optional.ofNullable(of(node.path("event").asText(), node));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.debug("no line of ours", e);
            return Optional.empty();
        }
    }

    private static @Nullable Told of(String event, JsonNode node) throws JsonProcessingException {
        String machine = node.path("machine").asText();
        return switch (event) {
            case "loaded" -> new Told.Loaded(text(node, "vagrant"), text(node, "ruby"));
            case "trouble" -> new Told.Trouble(text(node, "class"), text(node, "message"), text(node, "at"));
            case "share" -> new Told.Share(text(node, "guest"), node.path("off").asBoolean());
            case "begins" -> new Told.Begins(machine, text(node, "action"), provisioners(node));
            case "provisions" ->
                new Told.Provisions(
                        machine,
                        node.path("enabled").asBoolean(),
                        node.path("done").asBoolean(),
                        node.path("types").isArray() ? texts(node.path("types")) : null,
                        provisioners(node));
            case "chosen" ->
                new Told.Chosen(
                        machine,
                        node.path("indices")
                                .valueStream()
                                .map(one -> one.asInt(-1))
                                .toList());
            case "began", "ended" ->
                new Told.Ran(machine, node.path("index").asInt(-1), text(node, "type"), event.equals("ended"));
            case "reached" ->
                new Told.Reached(
                        machine,
                        text(node, "id"),
                        text(node, "provider"),
                        node.path("host").textValue(),
                        node.path("port").textValue(),
                        node.path("username").textValue(),
                        texts(node.path("private_key_path")),
                        node.path("proxy_command").textValue());
            default -> null;
        };
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static List<Told.Provisioner> provisioners(JsonNode node) throws JsonProcessingException {
        return List.of(Json.mapper().treeToValue(node.path("provisioners"), Told.Provisioner[].class));
    }
}
