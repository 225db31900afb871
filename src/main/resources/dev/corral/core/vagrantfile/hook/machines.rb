# Tells how each machine is reached: what "vagrant ssh-config" would say of it.
module CorralHook
  module Machines
    # What may boot a machine, or find it booted.
    BOOTING = %i[up start reload resume provision snapshot_restore].freeze
    WORDS = %i[host port username proxy_command config log_level forward_env ssh_command].freeze
    SWITCHES = %i[forward_agent forward_x11 keys_only verify_host_key].freeze

    class << self
      def install
        @told = {}
        @depth = Hash.new(0)
        Vagrant::Machine.prepend(Actions)
        Vagrant::Action::Builtin::WaitForCommunicator.prepend(Waits)
      end

      # Asked where the machine is known to answer: elsewhere a provider may have to wait for it.
      def reached(machine)
        info = machine.ssh_info
        return unless info
        told = { "machine" => machine.name.to_s, "id" => machine.id.to_s, "provider" => machine.provider_name.to_s,
          "private_key_path" => Array(info[:private_key_path]).map { |path| CorralResolve::Plain.text(path.to_s) } }
        WORDS.each { |name| told[name.to_s] = info[name].nil? ? nil : CorralResolve::Plain.text(info[name].to_s) }
        SWITCHES.each { |name| told[name.to_s] = info[name].is_a?(Symbol) ? info[name].to_s : info[name] }
        return if @told[machine.name] == told
        @told[machine.name] = told
        Tell.tell("reached", told)
      end

      def reached?(machine)
        @told.key?(machine.name)
      end

      # A plugin may reload a machine in the middle of its start; that is a part of the start.
      def within(machine)
        @depth[machine.name] += 1
        yield @depth[machine.name] == 1
      ensure
        @depth[machine.name] -= 1
      end
    end

    module Actions
      def action(name, *, **)
        return super unless BOOTING.include?(name.to_sym)
        Machines.within(self) do |outermost|
          Tell.safely { Provisioners.expect(self, name) } if outermost
          result = super
          # A machine without a box may never have an address, and to ask for one can take long.
          Tell.safely { Machines.reached(self) if Machines.reached?(self) || config.vm.box }
          result
        end
      end
    end

    module Waits
      def initialize(app, *, **)
        app = Answers.new(app)
        super
      end
    end

    # What comes next after the wait for a machine.
    class Answers
      def initialize(app)
        @app = app
      end

      def call(env)
        Tell.safely { Machines.reached(env[:machine]) }
        @app.call(env)
      end
    end
  end
end
