# Tells which provisioners a machine has, which of them Vagrant means to run, and which began and ended.
module CorralHook
  module Provisioners
    class << self
      def install
        @asked = {}
        Vagrant.plugin("2").manager.config[:vm].prepend(Said)
        Vagrant::Action::Builtin::Provision.prepend(Runs)
      end

      # An action begins that may provision the machine.
      def expect(machine, action)
        @asked.delete(machine.name)
        Tell.tell("begins", "machine" => machine.name.to_s, "action" => action.to_s, "provisioners" => list(machine))
      end

      # Providers ask for provisioning more than once on their way; what counts is the first time, before anything was done.
      def asked(env)
        machine = env[:machine]
        return if @asked.key?(machine.name)
        @asked[machine.name] = true
        types = env[:provision_types]
        Tell.tell("provisions", "machine" => machine.name.to_s, "enabled" => env.fetch(:provision_enabled, true) ? true : false,
          "done" => !env.fetch(:provision_ignore_sentinel, true) && done?(machine), "types" => types && types.map(&:to_s),
          "provisioners" => list(machine))
      end

      def ran(event, machine, provisioner, type)
        Tell.tell(event, "machine" => machine.name.to_s, "index" => index(machine, provisioner), "type" => type.to_s)
      end

      def name(one)
        name = one.name || (one.config.respond_to?(:name) ? one.config.name : nil)
        name && CorralResolve::Plain.text(name.to_s)
      end

      private

      # Vagrant notes for which machine its provisioners ran; the oldest form of that note is a time only.
      def done?(machine)
        note = machine.data_dir.join("action_provision")
        return false unless note.file?
        version, id = note.read.chomp.split(":", 2)
        id.nil? || (version == "1.5" && id == machine.id.to_s)
      end

      def list(machine)
        machine.config.vm.provisioners.each_with_index.map do |one, index|
          file, line = one.instance_variable_get(:@corral_place)
          { "index" => index, "name" => name(one), "type" => one.type.to_s, "run" => (one.run || "once").to_s,
            "file" => file && CorralResolve::Plain.text(file), "line" => line }
        end
      end

      def index(machine, provisioner)
        machine.config.vm.provisioners.index { |one| one.config.equal?(provisioner.config) }
      end
    end

    module Said
      def provision(name, *, **)
        before = Tell.safely { @provisioners.length }
        super.tap do
          Tell.safely do
            made = @provisioners.length > before ? @provisioners.last : @provisioners.find { |one| one.name.to_s == name.to_s }
            at = CorralResolve::Asker.frame
            made.instance_variable_set(:@corral_place, [File.expand_path(at.absolute_path || at.path), at.lineno]) if made && at
          end
        end
      end
    end

    module Runs
      def call(env)
        Tell.safely { Provisioners.asked(env) }
        super
      end

      def run_provisioner(env)
        Tell.safely { Machines.reached(env[:machine]) unless Machines.reached?(env[:machine]) }
        Tell.safely { Provisioners.ran("began", env[:machine], env[:provisioner], env[:provisioner_name]) }
        result = super
        Tell.safely { Provisioners.ran("ended", env[:machine], env[:provisioner], env[:provisioner_name]) }
        result
      end
    end
  end
end
