package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import java.util.List;

/** What goes wrong with plugins. */
final class PluginFailures {
    static final List<FailureKind> ALL = List.of(
            named("provider-plugin-absent", Layer.PLUGIN)
                    .saying(
                            "provider '(?<provider>libvirt|qemu|parallels|lxc|aws|google|azure|vsphere)' could not be found")
                    .means("The provider {provider} needs the plugin vagrant-{provider}, which is not installed.")
                    .then("Install it with vagrant plugin install vagrant-{provider}.")
                    .remedy(Remedy.Kind.INSTALL_PLUGIN, "vagrant-{provider}"),
            named("plugin-absent", Layer.PLUGIN)
                    .byClass("PluginNotInstalled", "PluginMissingLocalError")
                    .saying(
                            "The plugin '(?<plugin>[^']+)' is not (?:currently )?installed",
                            "project local plugins configured for this\\s+project which are not installed"
                                    + "[\\s\\S]{0,800}?\\n\\s+\\* (?<plugin>[\\w.-]+)")
                    .means("The Vagrantfile needs the plugin[ {plugin}], which is not installed.")
                    .then("Install it with vagrant plugin install[ {plugin}].")
                    .remedy(Remedy.Kind.INSTALL_PLUGIN, "{plugin}"),
            named("plugin-conflict", Layer.PLUGIN)
                    .byClass("PluginInstallVersionConflict")
                    .saying("plugin\\(s\\) can't be installed due to the version conflicts", "conflicting dependencies")
                    .means("Plugins of Vagrant's need versions of a library that exclude each other.")
                    .then("Update them with vagrant plugin update, or uninstall one of them."),
            named("plugin-build", Layer.PLUGIN)
                    .byClass("PluginNeedsDeveloperTools", "PluginMissingLibrary", "PluginMissingRubyDev")
                    .saying("Failed to build gem native extension")
                    .means("A plugin could not be built: tools or headers of a library are missing.")
                    .then(
                            "Install them (build-essential, and libvirt-dev for vagrant-libvirt), or take the distribution's package."),
            named("plugins-broken", Layer.PLUGIN)
                    .byClass("PluginInitError", "PluginLoadError", "PluginStateFileParseError", "BundlerError")
                    .saying("plugins failed to (?:initialize|load)")
                    .means("The installed plugins can't be loaded, after an update of Vagrant for instance.")
                    .then(
                            "Mend them with vagrant plugin repair, or install them anew with vagrant plugin expunge --reinstall.")
                    .remedy(Remedy.Kind.REPAIR_PLUGINS),
            named("provider-unusable", Layer.PROVIDER)
                    .saying("provider '(?<provider>[^']+)' that was requested to back the machine\\s+'[^']+'"
                            + " is reporting that it isn't usable")
                    .means("The provider {provider} can't be used on this computer.")
                    .then("Read the reason in the lines below; corral doctor says what is missing.")
                    .remedy(Remedy.Kind.DOCTOR));

    private PluginFailures() {}
}
