# Turns off the share of the project's folder that Vagrant or a box adds by itself, unless something in the Vagrantfile asks for it: a
# synced folder of its own, or a provisioner or trigger that names the folder in the guest.
require_relative "mentions"

module CorralHook
  module Share
    # Beside the options of a synced folder until the configuration is complete, since only they are carried along through its merges.
    SAID_BY = :corral_said_by

    class << self
      def install
        @boxes = [Vagrant.user_data_path.join("boxes").to_s]
        @boxes << File.realpath(@boxes.first) if File.exist?(@boxes.first)
        @boxes = @boxes.uniq.map { |path| "#{path}/" }
        @told = {}
        Vagrant.plugin("2").manager.config[:vm].prepend(Said)
        Vagrant::Config::V2::Root.prepend(Complete)
      end

      def said_by(location)
        path = location && (location.absolute_path || location.path)
        path && path.start_with?(*@boxes) ? :box : :user
      end

      def judge(root, said_by)
        root.vm.synced_folders.each do |id, options|
          next unless options[:hostpath].to_s == "." && %i[box vagrant].include?(said_by[id]) && !options[:disabled]
          guest = (options[:guestpath] || id).to_s
          off = !Mentions.any?(root, guest)
          options[:disabled] = true if off
          tell(guest, off)
        end
      end

      private

      def tell(guest, off)
        return if @told[guest] == off
        @told[guest] = off
        Tell.tell("share", "guest" => CorralResolve::Plain.text(guest), "off" => off)
      end
    end

    module Said
      def synced_folder(hostpath, guestpath = nil, *)
        known = Tell.safely { @__synced_folders.to_h { |id, options| [id, options.object_id] } }
        super.tap do
          Tell.safely do
            by = @__corral_finalizing ? :vagrant : Share.said_by(CorralResolve::Asker.frame)
            @__synced_folders.each { |id, options| options[SAID_BY] = by unless known[id] == options.object_id }
          end
        end
      end

      def finalize!
        @__corral_finalizing = true
        super.tap do
          @__corral_finalizing = false
          # From here on others read these options, a plugin for each kind of folder among them.
          @__corral_said_by = Tell.safely { @__synced_folders.to_h { |id, options| [id, options.delete(SAID_BY)] } }
        end
      end

      def corral_said_by
        @__corral_said_by || {}
      end
    end

    module Complete
      def finalize!
        super.tap { Tell.safely { Share.judge(self, vm.corral_said_by) } }
      end
    end
  end
end
