# Who asks: a file of the user's, or Vagrant, a gem and Ruby itself, which look around for reasons of their own.
require "rbconfig"

module CorralResolve
  module Asker
    OWN = "#{__dir__}/"
    NEAR = 30

    class << self
      # Called once, when all plugins are loaded and before anything of the user's is.
      def prepare
        libraries = RbConfig::CONFIG.values_at("rubylibprefix", "rubylibdir", "sitedir", "vendordir", "rubyarchdir") +
          $LOAD_PATH.map(&:to_s) + Gem.path
        libraries += Gem.loaded_specs.values.map(&:full_gem_path)
        libraries << Vagrant.source_root.to_s << Vagrant.user_data_path.join("gems").to_s
        libraries = libraries.compact.flat_map { |path| [path, real(path)] }.reject { |path| path.empty? || path == "/" }
        @libraries = libraries.uniq.map { |path| "#{path}/" }
        @vagrant = [Vagrant.source_root.to_s, real(Vagrant.source_root.to_s)].map { |path| "#{path}/" }
        plugins = Vagrant::Plugin::Manager.instance.installed_specs.map(&:full_gem_path)
        @plugins = plugins.flat_map { |path| [path, real(path)] }.uniq.map { |path| "#{path}/" }
        @kinds = {}
      end

      # The innermost frame of a file of the user's, or nil if none of them asks.
      def frame(skip = 2)
        near = caller_locations(skip, NEAR) || []
        found = near.find { |at| kind(at) == :user }
        return found if found
        return evaluated(near) if near.length < NEAR
        far = caller_locations(skip + NEAR) || []
        far.find { |at| kind(at) == :user } || evaluated(near + far)
      end

      # Whether a file of the user's or of a plugin asks.
      def outside_vagrant?(skip = 2)
        caller_locations(skip)&.any? { |at| %i[user plugin].include?(kind(at)) }
      end

      # The first line of a backtrace that is in a file of the user's, as [file, line].
      def blamed(backtrace)
        Array(backtrace).each do |text|
          file, line = text.to_s.match(/\A(.+?):(\d+)(?::in|\z)/)&.captures
          return [File.expand_path(file), line.to_i] if file && kind_of_path(file) == :user
        end
        nil
      end

      def user?(path)
        kind_of_path(path) == :user
      end

      private

      # Text without a file's name in a thread of its own, where no other frame says who asks: only a Vagrantfile makes that. What a gem
      # evaluates has the gem's frame around it.
      def evaluated(frames)
        return if frames.any? { |at| %i[vagrant plugin].include?(kind(at)) }
        outermost = frames.rindex { |at| text?(at) }
        return if outermost.nil? || frames.drop(outermost).any? { |at| kind(at) == :gem }
        frames.find { |at| text?(at) }
      end

      def text?(location)
        location.path.to_s.start_with?("(eval")
      end

      def kind(location)
        kind_of_path(location.absolute_path || location.path)
      end

      # An eval without a file's name says nothing about who called it.
      def kind_of_path(path)
        return :ruby if path.nil? || path.start_with?("<internal:", "(eval", "-e") || @kinds.nil?
        @kinds[path] ||=
          if path.start_with?(OWN) then :ours
          elsif path.start_with?(*@vagrant) then :vagrant
          elsif !@plugins.empty? && path.start_with?(*@plugins) then :plugin
          elsif path.start_with?(*@libraries) then :gem
          elsif path == $PROGRAM_NAME || path.end_with?("/bin/vagrant") then :vagrant
          else :user
          end
      end

      def real(path)
        File.realpath(path)
      rescue SystemCallError
        path.to_s
      end
    end
  end
end
