package dev.corral.core.vagrantfile.check;

import dev.corral.core.vagrantfile.check.Remark.About;
import dev.corral.core.vagrantfile.keys.ConfigKey;
import dev.corral.core.vagrantfile.keys.ConfigKeys;
import dev.corral.core.vagrantfile.syntax.ParsedRuby;
import dev.corral.core.vagrantfile.syntax.SettingUse;
import dev.corral.core.vagrantfile.syntax.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the words of a Vagrantfile against what the installed Vagrant knows, without running the file: settings, types and names that
 * stand there as they are. What is only made when the file runs is not judged.
 */
final class WordCheck {
    private static final List<String> NETWORKS = List.of("private_network", "public_network", "forwarded_port");
    // Providers whose plugin is called otherwise than they are.
    private static final Map<String, String> PLUGINS = Map.of(
            "libvirt", "vagrant-libvirt",
            "qemu", "vagrant-qemu",
            "vmware_desktop", "vagrant-vmware-desktop",
            "parallels", "vagrant-parallels",
            "lxc", "vagrant-lxc",
            "utm", "vagrant_utm",
            "aws", "vagrant-aws");

    private final ConfigKeys keys;
    private final List<String> parts;
    private final Known known;
    private final List<Remark> found = new ArrayList<>();
    private final Set<String> machines = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> typed = new HashSet<>();

    private WordCheck(Known known) {
        this.known = known;
        this.keys = known.keys();
        this.parts = keys.parts();
    }

    /** What is to be said, in the order of the text. */
    static List<Remark> of(ParsedRuby parsed, Known known) {
        WordCheck check = new WordCheck(known);
        if (known.keys().known()) {
            parsed.settings().stream()
                    .filter(use -> use.path().equals("Vagrant.has_plugin?"))
                    .flatMap(use -> use.value().stream())
                    .forEach(plugin -> check.asked.add(plugin.text()));
            parsed.settings().forEach(check::setting);
        }
        return List.copyOf(check.found);
    }

    private void setting(SettingUse use) {
        names(use);
        switch (use.path()) {
            case "vm.provision" -> provisioner(use);
            case "vm.provider" -> use.value().ifPresent(this::provider);
            case "vm.network" -> use.value().ifPresent(word -> oneOf(word, "kind of network", NETWORKS));
            case "vm.synced_folder" ->
                use.type().ifPresent(word -> oneOf(word, "type of synced folder", keys.syncedFolders()));
            case "vm.communicator" -> use.value().ifPresent(word -> oneOf(word, "communicator", keys.communicators()));
            case "vm.guest" -> use.value().ifPresent(word -> oneOf(word, "guest", keys.guests()));
            case "vm.box" -> use.value().ifPresent(this::box);
            case "Vagrant.has_plugin?" -> use.value().ifPresent(this::plugin);
            case "vm.define" -> use.value().ifPresent(this::machine);
            default -> {
                // Nothing that Vagrant knows by name.
            }
        }
    }

    private void names(SettingUse use) {
        String path = use.of();
        for (Word part : use.parts()) {
            if (keys.ordinary().contains(part.text())) {
                return;
            }
            if (path.isEmpty()) {
                if (!parts.contains(part.text())) {
                    // Who asks for vagrant-vbguest knows that config.vbguest need not be there.
                    if (asked.stream().anyMatch(plugin -> plugin.contains(part.text()))) {
                        return;
                    }
                    found.add(Remark.unknown(
                            About.PART,
                            part,
                            "Nothing that is installed knows config." + part.text() + ".",
                            "Mend the name, or install the plugin that brings it.",
                            parts));
                    return;
                }
                path = part.text();
                continue;
            }
            Optional<List<ConfigKey>> section = keys.of(path);
            if (section.isPresent()
                    && section.get().stream().noneMatch(key -> key.name().equals(part.text()))) {
                String whose = path;
                found.add(Remark.unknown(
                        About.SETTING,
                        part,
                        "There is no setting " + part.text() + " of " + whose(whose) + ".",
                        "Vagrant refuses it when it starts the machine; take it out or mend the name.",
                        keys.offered(whose).map(ConfigKey::name).toList()));
            }
            return;
        }
    }

    private static String whose(String path) {
        return path.startsWith("provider.") || path.startsWith("provisioner.") || path.startsWith("push.")
                ? "the " + path.replace('.', ' ')
                : "config." + path;
    }

    private void provisioner(SettingUse use) {
        if (use.type().isPresent()) {
            use.value().ifPresent(name -> typed.add(name.text()));
            oneOf(use.type().get(), "type of provisioner", keys.provisioners());
        } else if (use.value().isPresent() && !typed.contains(use.value().get().text())) {
            oneOf(use.value().get(), "type of provisioner", keys.provisioners());
        }
    }

    private void oneOf(Word word, String what, Collection<String> names) {
        if (!word.text().isEmpty() && !names.isEmpty() && !names.contains(word.text())) {
            found.add(Remark.unknown(
                    About.TYPE,
                    word,
                    "There is no " + what + " " + word.text() + ".",
                    names.size() > 16
                            ? "Mend it, or install the plugin that brings it."
                            : "Known are " + String.join(", ", names) + ".",
                    names));
        }
    }

    private void provider(Word word) {
        if (!word.text().isEmpty() && !keys.providers().contains(word.text())) {
            String plugin = PLUGINS.get(word.text());
            String sentence = "No plugin for the provider " + word.text() + " is installed.";
            found.add(
                    plugin == null
                            ? Remark.unknown(
                                    About.PROVIDER,
                                    word,
                                    sentence,
                                    "Install the plugin that brings it.",
                                    keys.providers())
                            : Remark.of(
                                    About.PROVIDER, word, sentence, "vagrant plugin install " + plugin + " gets it."));
        }
    }

    private void plugin(Word word) {
        if (!word.text().isEmpty() && !keys.plugins().containsKey(word.text())) {
            found.add(Remark.of(
                    About.PLUGIN,
                    word,
                    "The plugin " + word.text() + ", which the file asks for, is not installed.",
                    "vagrant plugin install " + word.text() + " gets it."));
        }
    }

    private void box(Word word) {
        if (!word.text().isEmpty()
                && !known.boxes().contains(word.text())
                && !word.text().equals("nil")) {
            found.add(Remark.unknown(
                    About.BOX,
                    word,
                    "The box " + word.text() + " is not here yet; Vagrant will fetch it.",
                    "",
                    known.boxes()));
        }
    }

    private void machine(Word word) {
        if (!machines.add(word.text())) {
            found.add(Remark.of(
                    About.MACHINE,
                    word,
                    "The machine " + word.text() + " is defined twice; Vagrant makes one of both.",
                    "Give one of them another name if two are meant."));
        }
    }
}
