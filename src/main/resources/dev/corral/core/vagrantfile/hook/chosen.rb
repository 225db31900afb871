# Runs only those of a machine's provisioners that were chosen, by position: Vagrant itself knows names and types only. Other than all else
# here, this may stop Vagrant: to run what was not chosen would be worse.
module CorralHook
  module Chosen
    class Refused < Vagrant::Errors::VagrantError
      def initialize(sentence)
        @sentence = sentence
        super()
      end

      def error_message
        @sentence
      end
    end

    class << self
      def install(text)
        said = JSON.parse(text)
        @machine, @from, @only = said.values_at("machine", "from", "only")
        @expected = said.fetch("expected").map { |one| one.values_at("name", "type") }
        Vagrant::Action::Builtin::Provision.prepend(Some)
      end

      # Those of Vagrant's instances that run, in the order in which Vagrant runs them.
      def of(machine, instances)
        return [] unless machine.name.to_s == @machine
        refuse_others(machine)
        all = instances.map { |one, options| [index(machine, one), one, options] }
        some = @only.empty? ? from(all) : all.select { |index, _, _| @only.include?(index) }
        Tell.safely { Tell.tell("chosen", "machine" => machine.name.to_s, "indices" => some.map(&:first)) }
        # What is chosen runs, whatever its policy.
        some.map { |_, one, options| [one, options.merge(run: :always)] }
      end

      private

      def from(all)
        first = all.index { |index, _, _| index == @from }
        raise Refused, "Vagrant does not run provisioner #{@from + 1} of #{@machine} at all." unless first
        all[first..].select { |index, _, options| index == @from || options[:run].to_s != "never" }
      end

      def index(machine, instance)
        machine.config.vm.provisioners.index { |one| one.config.equal?(instance.config) }
      end

      def refuse_others(machine)
        had = machine.config.vm.provisioners.map { |one| [Provisioners.name(one).to_s, one.type.to_s] }
        return if had == @expected
        raise Refused, "The provisioners of #{@machine} are others than those that were chosen from, so none of them was run."
      end
    end

    module Some
      def provisioner_instances(env)
        @corral_chosen ||= Chosen.of(env[:machine], super)
      end
    end
  end
end
