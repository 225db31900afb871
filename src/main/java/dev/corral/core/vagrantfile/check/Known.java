package dev.corral.core.vagrantfile.check;

import dev.corral.core.vagrantfile.keys.ConfigKeys;
import java.util.List;

/**
 * What a Vagrantfile's words are held against.
 *
 * @param keys  the settings that the installed Vagrant knows
 * @param boxes the names of the boxes that are here
 */
public record Known(ConfigKeys keys, List<String> boxes) {
    /** Nothing: no word is called unknown. */
    public static final Known NOTHING = new Known(ConfigKeys.NONE, List.of());

    /** Copies the list. */
    public Known {
        boxes = List.copyOf(boxes);
    }
}
