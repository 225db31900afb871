# Tells which settings the installed Vagrant and its plugins know. Vagrant loads this file in the place of a Vagrantfile, in an empty
# folder; it only registers a command. Of the user's files nothing is read.
require "json"

module CorralKeys
  # What every configuration object has for Vagrant itself.
  INTERNAL = %i[finalize! validate merge initialize method_missing set_options instance_variables_hash to_json to_s initialize_copy
                inspect respond_to_missing?].freeze
  LONGEST = 200

  module_function

  def answer
    manager = Vagrant.plugin("2").manager
    { "vagrant" => Vagrant::VERSION, "plugins" => specs.to_h { |one| [one.name, one.version.to_s] }, "installation" => installation,
      "provisioners" => names(manager.provisioners), "providers" => names(manager.providers),
      "synced_folders" => names(manager.synced_folders), "communicators" => names(manager.communicators), "guests" => names(manager.guests),
      "pushes" => names(manager.pushes), "ordinary" => Object.public_instance_methods.map(&:to_s).grep(/\A[a-z]/).sort,
      "sections" => sections(manager) }
  end

  def names(registry)
    registry.keys.map(&:to_s).sort
  end

  def sections(manager)
    found = registered("", manager.config)
    found.merge!(registered("provider.", manager.provider_configs))
    found.merge!(registered("provisioner.", manager.provisioner_configs))
    found.merge!(registered("push.", manager.push_configs))
    if defined?(VagrantPlugins::Kernel_V2::VagrantConfigTrigger)
      found["trigger.before"] = found["trigger.after"] = described(VagrantPlugins::Kernel_V2::VagrantConfigTrigger)
    end
    found.compact
  end

  def registered(prefix, registry)
    registry.keys.to_h { |name| ["#{prefix}#{name}", one(registry, name)] }
  end

  # A plugin loads what it needs when it is asked, and that may not be there.
  def one(registry, name)
    type = registry.get(name)
    type.is_a?(Class) ? described(type) : nil
  rescue ScriptError, StandardError
    nil
  end

  def described(type)
    all = type.ancestors.take_while { |one| one != Vagrant.plugin("2", :config) && one != Object }
              .flat_map { |one| one.public_instance_methods(false) }.uniq - INTERNAL
    writers = all.map(&:to_s).grep(/\A[a-z]\w*=\z/).map { |name| name.chomp("=") }
    others = all.map(&:to_s).grep(/\A[a-z]\w*\z/) - writers
    finished = made(type)
    writers.sort.map { |name| { "name" => name, "kind" => "setting" }.merge(default(finished, name)) } +
      others.sort.map { |name| { "name" => name, "kind" => kind(type.instance_method(name).parameters) } }
  end

  def kind(parameters)
    return "reader" if parameters.empty?
    parameters.any? { |one, _| one == :block } ? "block" : "method"
  end

  def made(type)
    type.new.tap(&:finalize!)
  rescue ScriptError, StandardError
    nil
  end

  def default(finished, name)
    return {} unless finished.respond_to?(name) && finished.method(name).arity.zero?
    value = finished.public_send(name)
    case value
    when true, false, Integer, Float then { "default" => value.to_s }
    when Symbol then value == Vagrant::Plugin::V2::Config::UNSET_VALUE ? {} : { "default" => ":#{value}" }
    when String then value.length > LONGEST ? {} : { "default" => value.dup.force_encoding("UTF-8").scrub.inspect }
    when [], {} then { "default" => value.inspect }
    else {}
    end
  rescue ScriptError, StandardError
    {}
  end

  def specs
    Vagrant::Plugin::Manager.instance.installed_specs
  end

  # The files whose change means another Vagrant or other plugins.
  def installation
    manager = Vagrant::Plugin::Manager.instance
    files = [Vagrant.source_root.join("version.txt"), Vagrant.source_root.join("lib/vagrant/version.rb"), manager.user_file&.path,
      Vagrant::Plugin::Manager.system_plugins_file]
    (files + specs.map(&:loaded_from)).compact.map(&:to_s).uniq
  end

  class Command < Vagrant.plugin("2", :command)
    def self.synopsis = "tells which settings there are"

    def execute
      File.binwrite("#{ENV["CORRAL_KEYS"]}.new", JSON.generate(CorralKeys.answer))
      File.rename("#{ENV["CORRAL_KEYS"]}.new", ENV["CORRAL_KEYS"])
      0
    end
  end

  class Plugin < Vagrant.plugin("2")
    name "corral-keys"
    command("corral-keys", primary: false) { Command }
  end
end
