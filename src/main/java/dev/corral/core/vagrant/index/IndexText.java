package dev.corral.core.vagrant.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The text of a machine index: version 1, and machines by uuid. Whatever we do not know in it stays as it is. */
final class IndexText {
    /** Vagrant overlooks fields that it does not know, so that a backup stays an index that can be put back by hand. */
    private static final String REMOVED = "corral_removed";
    // Numbers must come out as they went in, and of two equal keys Ruby takes the last as well.
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    // It becomes part of a file name.
    private static final Pattern UUID = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final ObjectNode root;

    private IndexText(ObjectNode root) {
        this.root = root;
    }

    /** It is no index that this version of Corral or Vagrant knows. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    /**
     * Reads it; like Vagrant, takes an empty file for an index without machines.
     *
     * @throws Unreadable if Vagrant would call it corrupt
     */
    static IndexText parse(byte[] bytes) throws Unreadable {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new Unreadable("is not JSON");
        } catch (IOException e) {
            throw new Unreadable("is not text");
        }
        if (node == null || node.isMissingNode() || node.isNull()) {
            return new IndexText(MAPPER.createObjectNode().put("version", 1));
        }
        if (!node.isObject() || node.path("version").asInt() != 1) {
            throw new Unreadable("has a version that is not known");
        }
        JsonNode machines = node.path("machines");
        if (!machines.isMissingNode() && !machines.isNull() && !machines.isObject()) {
            throw new Unreadable("holds no list of machines");
        }
        return new IndexText((ObjectNode) node);
    }

    /** The entries that make sense. */
    List<IndexEntry> entries(Path home) {
        List<IndexEntry> entries = new ArrayList<>();
        machines().properties().forEach(field -> entry(home, field).ifPresent(entries::add));
        return entries;
    }

    /** How many entries there are, those included that make no sense. */
    int size() {
        return machines().size();
    }

    private static Optional<IndexEntry> entry(Path home, Map.Entry<String, JsonNode> field) {
        JsonNode node = field.getValue();
        String name = text(node, "name");
        String provider = text(node, "provider");
        String project = text(node, "vagrantfile_path");
        // A name becomes part of a path as well.
        if (!UUID.matcher(field.getKey()).matches()
                || !node.isObject()
                || !plain(name)
                || !plain(provider)
                || project.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path directory = Path.of(project);
            String data = text(node, "local_data_path");
            return Optional.of(new IndexEntry(
                    home,
                    field.getKey(),
                    name,
                    provider,
                    directory,
                    directory.resolve(data.isEmpty() ? ".vagrant" : data),
                    text(node, "state"),
                    Optional.of(text(node.path("extra_data").path("box"), "name"))
                            .filter(box -> !box.isEmpty())));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean plain(String word) {
        return !word.isEmpty()
                && word.indexOf('/') < 0
                && word.indexOf('\0') < 0
                && !word.equals(".")
                && !word.equals("..");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).asText() : "";
    }

    /** The index without these machines. */
    IndexText without(Set<String> uuids) {
        ObjectNode copy = root.deepCopy();
        ((ObjectNode) copy.get("machines")).remove(uuids);
        return new IndexText(copy);
    }

    /** A copy that notes which machines are about to be removed. */
    IndexText marked(Set<String> removed) {
        ObjectNode copy = root.deepCopy();
        removed.forEach(copy.putArray(REMOVED)::add);
        return new IndexText(copy);
    }

    /**
     * The index with the machines that a backup says were removed (with all of its machines if it says nothing), but none
     * whose uuid is there, and none that Vagrant has noted anew under another.
     */
    IndexText with(IndexText backup) {
        Set<String> wanted = new LinkedHashSet<>();
        if (backup.root.has(REMOVED)) {
            backup.root.get(REMOVED).forEach(uuid -> wanted.add(uuid.asText()));
        } else {
            backup.machines().fieldNames().forEachRemaining(wanted::add);
        }
        ObjectNode copy = root.deepCopy();
        ObjectNode machines = copy.withObjectProperty("machines");
        backup.machines().properties().forEach(field -> {
            if (wanted.contains(field.getKey())
                    && !machines.has(field.getKey())
                    && !knows(machines, field.getValue())) {
                machines.set(field.getKey(), field.getValue());
            }
        });
        return new IndexText(copy);
    }

    // The three fields by which Vagrant itself recognises a machine.
    private static boolean knows(ObjectNode machines, JsonNode entry) {
        for (Iterator<JsonNode> others = machines.elements(); others.hasNext(); ) {
            JsonNode other = others.next();
            if (text(other, "name").equals(text(entry, "name"))
                    && text(other, "provider").equals(text(entry, "provider"))
                    && text(other, "vagrantfile_path").equals(text(entry, "vagrantfile_path"))) {
                return true;
            }
        }
        return false;
    }

    /** The text as Vagrant writes it: on one line, without a line end. */
    byte[] bytes() {
        try {
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }

    private ObjectNode machines() {
        return root.path("machines").isObject() ? (ObjectNode) root.get("machines") : MAPPER.createObjectNode();
    }
}
