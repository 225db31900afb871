package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.corral.core.base.Json;
import java.util.Map;
import java.util.Optional;

/**
 * The suffix that makes machine names unique. Each sandbox has one of its own, so that an answer would be no sandbox's but the first's.
 * Most files only put it into names. That one does is never assumed: two different suffixes must have given answers that differ in nothing
 * else.
 */
final class Suffixes {
    static final String VARIABLE = "INSPECT_VM_SUFFIX";
    // A shorter one may stand in an answer by chance.
    private static final int SHORTEST = 6;

    private Suffixes() {}

    /** The suffix among these variables, if it can be told from other text. */
    static Optional<String> of(Map<String, String> values) {
        return Optional.ofNullable(values.get(VARIABLE)).filter(value -> value.length() >= SHORTEST);
    }

    /** Another suffix of the same form: each digit and each small letter is replaced by another one. */
    static String another(String suffix) {
        StringBuilder other = new StringBuilder();
        suffix.chars()
                .forEach(c -> other.append(
                        c >= '0' && c <= '9'
                                ? (char) ('0' + (c - '0' + 3) % 10)
                                : c >= 'a' && c <= 'f' ? (char) ('a' + (c - 'a' + 2) % 6) : (char) c));
        return other.toString();
    }

    /** The answer with another suffix wherever the one stands. */
    static Resolution replaced(Resolution resolution, String suffix, String other) {
        try {
            return Json.mapper()
                    .treeToValue(replaced(Json.mapper().valueToTree(resolution), suffix, other), Resolution.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a resolution with another text in it is one", e);
        }
    }

    private static JsonNode replaced(JsonNode node, String suffix, String other) {
        return switch (node) {
            case TextNode text -> TextNode.valueOf(text.textValue().replace(suffix, other));
            case ArrayNode array -> {
                ArrayNode made = array.arrayNode();
                array.forEach(one -> made.add(replaced(one, suffix, other)));
                yield made;
            }
            case ObjectNode object -> {
                ObjectNode made = object.objectNode();
                object.properties()
                        .forEach(one ->
                                made.set(one.getKey().replace(suffix, other), replaced(one.getValue(), suffix, other)));
                yield made;
            }
            default -> node;
        };
    }

    /** The answer without what may differ though it means the same. */
    static JsonNode comparable(Resolution resolution) {
        ObjectNode node = Json.mapper().valueToTree(resolution);
        node.remove("printed");
        return node;
    }
}
