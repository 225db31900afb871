package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Vagrantfile makes of one machine. Settings are as Vagrant holds them when everything is merged; what is unset is absent.
 *
 * @param name          the name
 * @param autostart     whether {@code up} without a name starts it
 * @param primary       whether the file calls it primary; see {@link Resolution#primary} for the one that Vagrant takes
 * @param file          where it is defined; absent for the one that is there without a definition
 * @param line          the line there
 * @param provider      the provider that Vagrant would use; empty if none can be used
 * @param providerKnown whether a plugin for it is installed
 * @param providers     the providers that the file configures, in its order, and the one that would be used
 * @param box           the box
 * @param hostname      the host name
 * @param guest         the guest's type
 * @param communicator  how Vagrant talks to it; empty means SSH
 * @param bootTimeout   seconds that the boot may take
 * @param networks      networks and forwarded ports
 * @param syncedFolders synced folders, disabled ones too
 * @param disks         disks by {@code config.vm.disk}
 * @param cloudInit     cloud-init parts
 * @param provisioners  provisioners in the file's order
 * @param triggers      triggers
 * @param ssh           SSH settings
 * @param winrm         WinRM settings
 * @param unknownKeys   settings that nobody knows; Vagrant refuses them when it starts the machine
 * @param warnings      what Vagrant warns about
 * @param errors        what Vagrant refuses
 * @param trouble       why the provider can not be used
 * @param failure       what the machine's own block raised
 */
public record ResolvedMachine(
        String name,
        boolean autostart,
        boolean primary,
        @Nullable String file,
        @Nullable Integer line,
        Optional<String> provider,
        boolean providerKnown,
        List<Provider> providers,
        Box box,
        Optional<String> hostname,
        JsonNode guest,
        Optional<String> communicator,
        int bootTimeout,
        List<Network> networks,
        List<SyncedFolder> syncedFolders,
        List<JsonNode> disks,
        List<JsonNode> cloudInit,
        List<Provisioner> provisioners,
        List<Trigger> triggers,
        JsonNode ssh,
        JsonNode winrm,
        List<UnknownKey> unknownKeys,
        List<String> warnings,
        List<String> errors,
        Optional<ResolveFailure> trouble,
        Optional<ResolveFailure> failure) {

    /** Takes absent parts for empty ones. */
    public ResolvedMachine {
        name = Resolution.text(name);
        provider = Resolution.optional(provider);
        providers = Resolution.list(providers);
        box = box == null ? new Box(null, null, node(null), false, null, null, null, null) : box;
        hostname = Resolution.optional(hostname);
        communicator = Resolution.optional(communicator);
        networks = Resolution.list(networks);
        syncedFolders = Resolution.list(syncedFolders);
        disks = Resolution.list(disks);
        cloudInit = Resolution.list(cloudInit);
        provisioners = Resolution.list(provisioners);
        triggers = Resolution.list(triggers);
        guest = node(guest);
        ssh = node(ssh);
        winrm = node(winrm);
        unknownKeys = Resolution.list(unknownKeys);
        warnings = Resolution.list(warnings);
        errors = Resolution.list(errors);
        trouble = Resolution.optional(trouble);
        failure = Resolution.optional(failure);
    }

    /** Where it is defined. */
    public Place place() {
        return Place.of(file, line);
    }

    /**
     * The settings of the provider that would be used, for instance {@code uri}, {@code default_prefix} or {@code memory}; empty if
     * there are none.
     */
    public JsonNode providerSettings() {
        return providers.stream()
                .filter(one -> one.name().equals(provider.orElse("")))
                .findFirst()
                .map(Provider::settings)
                .orElseGet(() -> node(null));
    }

    static JsonNode node(@Nullable JsonNode node) {
        return node == null || node.isNull() ? JsonNodeFactory.instance.objectNode() : node;
    }

    /**
     * A provider.
     *
     * @param name     its name
     * @param known    whether its plugin is installed
     * @param settings its settings
     * @param file     where it is named first
     * @param line     the line there
     */
    public record Provider(
            String name,
            boolean known,
            JsonNode settings,
            @Nullable String file,
            @Nullable Integer line) {
        /** Takes absent settings for empty ones. */
        public Provider {
            settings = node(settings);
        }

        /** Where it is named first. */
        public Place place() {
            return Place.of(file, line);
        }
    }

    /**
     * A box.
     *
     * @param name         its name; null if the provider needs none
     * @param version      the wanted version
     * @param url          where it can be had: text or a list
     * @param present      whether it is installed for the provider
     * @param foundVersion the version that would be used
     * @param directory    where that lies
     * @param file         where it is named first
     * @param line         the line there
     */
    public record Box(
            @Nullable String name,
            @Nullable String version,
            JsonNode url,
            boolean present,
            @Nullable String foundVersion,
            @Nullable String directory,
            @Nullable String file,
            @Nullable Integer line) {
        /** Takes an absent address for an empty one. */
        public Box {
            url = node(url);
        }

        /** Where it is named first. */
        public Place place() {
            return Place.of(file, line);
        }
    }

    /**
     * A network or a forwarded port.
     *
     * @param type     {@code private_network}, {@code public_network} or {@code forwarded_port}
     * @param implicit whether Vagrant adds it by itself
     * @param options  its options, for instance {@code ip}, {@code guest}, {@code host}, {@code mac}
     * @param file     where it is named
     * @param line     the line there
     */
    public record Network(
            String type,
            boolean implicit,
            JsonNode options,
            @Nullable String file,
            @Nullable Integer line) {
        /** Takes absent options for empty ones. */
        public Network {
            options = node(options);
        }

        /** Where it is named. */
        public Place place() {
            return Place.of(file, line);
        }
    }

    /**
     * A synced folder.
     *
     * @param id       its id
     * @param host     the host's folder as the file names it, relative to the Vagrantfile's folder
     * @param guest    the guest's folder
     * @param type     its type; null means Vagrant's choice
     * @param disabled whether it is off
     * @param options  further options
     * @param file     where it is named; absent for the one that Vagrant adds by itself
     * @param line     the line there
     */
    public record SyncedFolder(
            String id,
            String host,
            String guest,
            String type,
            boolean disabled,
            JsonNode options,
            @Nullable String file,
            @Nullable Integer line) {
        /** Takes absent options for empty ones. */
        public SyncedFolder {
            host = Resolution.text(host);
            guest = Resolution.text(guest);
            options = node(options);
        }

        /** Where it is named; {@link Place#NONE} for the one that Vagrant adds by itself. */
        public Place place() {
            return Place.of(file, line);
        }
    }

    /**
     * A provisioner.
     *
     * @param index    its position, counted from 0
     * @param name     its name, if it has one
     * @param type     its type
     * @param run      {@code once}, {@code always} or {@code never}
     * @param with     what {@code --provision-with} takes to run this one alone; empty if nothing does
     * @param before   the one it runs before, if it says so
     * @param after    the one it runs after, if it says so
     * @param known    whether there is a provisioner of that type
     * @param settings its settings
     * @param file     where it is named
     * @param line     the line there
     */
    public record Provisioner(
            int index,
            Optional<String> name,
            String type,
            String run,
            Optional<String> with,
            Optional<String> before,
            Optional<String> after,
            boolean known,
            JsonNode settings,
            @Nullable String file,
            @Nullable Integer line) {
        /** Takes absent parts for empty ones. */
        public Provisioner {
            name = Resolution.optional(name);
            type = Resolution.text(type);
            run = run == null ? "once" : run;
            with = Resolution.optional(with);
            before = Resolution.optional(before);
            after = Resolution.optional(after);
            settings = node(settings);
        }

        /** Where it is named. */
        public Place place() {
            return Place.of(file, line);
        }
    }

    /**
     * A trigger.
     *
     * @param when      {@code before} or {@code after}
     * @param on        the command, action or hook
     * @param type      {@code action}, {@code command} or {@code hook}
     * @param name      its name
     * @param onlyOn    the machines it is for; empty means all
     * @param run       what it runs on the host
     * @param runRemote what it runs in the guest
     * @param ruby      whether it runs Ruby
     * @param rubyTexts the texts that its Ruby is written with, and their combinations to paths
     * @param rubyReads whether its Ruby may read files, and so perhaps ones whose names it makes up as it runs
     * @param file      where it is named
     * @param line      the line there
     */
    public record Trigger(
            String when,
            String on,
            String type,
            String name,
            List<String> onlyOn,
            JsonNode run,
            JsonNode runRemote,
            boolean ruby,
            List<String> rubyTexts,
            boolean rubyReads,
            @Nullable String file,
            @Nullable Integer line) {
        /** Takes absent parts for empty ones. */
        public Trigger {
            rubyTexts = Resolution.list(rubyTexts);
            onlyOn = Resolution.list(onlyOn);
            run = node(run);
            runRemote = node(runRemote);
        }

        /** Where it is named. */
        public Place place() {
            return Place.of(file, line);
        }
    }

    /**
     * A setting that nobody knows.
     *
     * @param of         what it was said of, for instance {@code config.vm}
     * @param key        the setting
     * @param didYouMean known ones that look like it
     * @param file       where it is
     * @param line       the line there
     */
    public record UnknownKey(
            String of,
            String key,
            List<String> didYouMean,
            @Nullable String file,
            @Nullable Integer line) {
        /** Takes an absent list for an empty one. */
        public UnknownKey {
            didYouMean = Resolution.list(didYouMean);
        }

        /** Where it is. */
        public Place place() {
            return Place.of(file, line);
        }
    }
}
