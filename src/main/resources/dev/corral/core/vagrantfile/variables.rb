# Notes the variables that a Vagrantfile, what it requires, or a plugin reads.
require "set"

module CorralResolve
  module Variables
    ALL = "*"

    class << self
      attr_reader :names

      def start
        @names = Hash.new { |hash, name| hash[name] = Set.new }
        ENV.singleton_class.prepend(Watch)
      end

      def note(names)
        return if Thread.current[:corral_quiet]
        Thread.current[:corral_quiet] = true
        begin
          at = Asker.frame(3)
          return unless at || Asker.outside_vagrant?(3)
          names.each { |name| @names[name.to_s] << (at ? [at.absolute_path || at.path, at.lineno] : nil) }
        ensure
          Thread.current[:corral_quiet] = false
        end
      end

      def report
        @names.map do |name, places|
          file, line = places.compact.first
          { "name" => Plain.of(name), "file" => file, "line" => line }
        end
      end
    end

    module Watch
      %i[[] fetch key? has_key? include? member? assoc].each do |name|
        define_method(name) { |*args, &block| Variables.note(args.first(1)); super(*args, &block) }
      end
      %i[values_at slice].each { |name| define_method(name) { |*args| Variables.note(args); super(*args) } }
      # Nobody can say which of them mattered.
      %i[to_h to_hash to_a each each_pair each_key each_value keys values select filter reject map key rassoc value? has_value? inspect
         find_all except clone dup].each do |name|
        define_method(name) { |*args, &block| Variables.note([ALL]); super(*args, &block) } if ENV.respond_to?(name)
      end
    end
  end
end
