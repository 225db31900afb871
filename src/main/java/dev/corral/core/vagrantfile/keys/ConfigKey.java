package dev.corral.core.vagrantfile.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A name that a part of the configuration knows.
 *
 * @param name         the name, for instance {@code box}
 * @param kind         how it is used
 * @param defaultValue what it is when nobody sets it, as Ruby writes it; empty where it is nothing or can not be told
 */
public record ConfigKey(
        String name, Kind kind, @JsonProperty("default") Optional<String> defaultValue) {
    /** How a key is used. */
    public enum Kind {
        /** It gets a value. */
        @JsonProperty("setting")
        SETTING,
        /** It is called with arguments. */
        @JsonProperty("method")
        METHOD,
        /** It is called and may be given a block. */
        @JsonProperty("block")
        BLOCK,
        /** It can only be read. */
        @JsonProperty("reader")
        READER
    }

    /** Takes an absent value for none. */
    // Jackson leaves an absent field of this type null.
    @SuppressWarnings({"OptionalAssignedToNull", "NullableOptional"})
    public ConfigKey {
        defaultValue = defaultValue == null ? Optional.empty() : defaultValue;
    }
}
