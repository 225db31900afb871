# Where in the user's files each thing of the configuration was said. Vagrant merges and copies its configuration, so that the places are
# kept beside it: by what identifies the thing, or in the object where that is carried along.
module CorralResolve
  module Lines
    PLACES = {}

    class << self
      def here
        at = Asker.frame(3)
        at && [File.expand_path(at.absolute_path || at.path), at.lineno]
      end

      def keep(*key)
        place = here
        PLACES[key] ||= place if place
      end

      def of(*key)
        place(PLACES[key])
      end

      def place(found)
        found ? { "file" => Plain.of(found.first), "line" => found.last } : {}
      end

      def start
        VagrantPlugins::Kernel_V2::VMConfig.prepend(Said)
        VagrantPlugins::Kernel_V2::TriggerConfig.prepend(Triggers)
        Vagrant::Plugin::V2::Config.prepend(Unknown)
        Vagrant::Config::V2::Root.prepend(UnknownRoot)
        Vagrant::Config.singleton_class.prepend(Versions)
      end
    end

    module Said
      def provision(name, *, **)
        before = @provisioners.length
        result = super
        made = @provisioners.length > before ? @provisioners.last : @provisioners.find { |one| one.name.to_s == name.to_s }
        made&.instance_variable_set(:@corral_place, Lines.here)
        result
      end

      def network(type, *, **)
        known = @__networks.keys
        result = super
        (@__networks.keys - known).each { |id| Lines.keep(:network, id) }
        result
      end

      def synced_folder(hostpath, guestpath = nil, *)
        Lines.keep(:folder, guestpath.to_s, hostpath.to_s)
        super
      end

      def define(name, *, **)
        Lines.keep(:machine, name.to_s)
        super
      end

      def provider(name, *)
        Lines.keep(:provider, name.to_s)
        super
      end

      def disk(type, *, **options)
        Lines.keep(:disk, (options[:name] || options[:file] || type).to_s)
        super
      end

      def box=(value)
        Lines.keep(:box, value.to_s)
        super
      end
    end

    module Versions
      def run(version = "1", &block)
        Lines.keep(:version_one) if version.to_s == "1"
        super
      end
    end

    module Triggers
      def create_trigger(*)
        super.tap { |made| made.instance_variable_set(:@corral_place, Lines.here) }
      end
    end

    # A configuration takes any key and complains only when it is validated.
    module Unknown
      def method_missing(name, *args, &block)
        Lines.keep(:key, self.class.name, name.to_s.chomp("=")) unless @__finalized
        super
      end
    end

    module UnknownRoot
      def method_missing(name, *args)
        Lines.keep(:root, name.to_s) unless @keys.key?(name)
        super
      end
    end
  end
end
