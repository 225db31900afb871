# Notes what a Vagrantfile touches while it loads: files and folders that are read, listed or tested for, there or not, and programs.
# Only methods whose meaning does not depend on their caller are wrapped; what Ruby loads by itself is learnt from its own events.
require "set"

module CorralResolve
  module Trace
    FOLDERS = 20_000
    ENTRIES = 5_000
    WAYS = 100
    MAGIC = /[*?\[{\\]/.freeze

    class << self
      attr_reader :files, :patterns, :programs, :asked_plugins

      # Whether Vagrant itself is looking for a provider just now; what it finds decides the answer as well.
      attr_accessor :choosing

      def start
        @files = {}
        @patterns = Set.new
        @programs = []
        @asked_plugins = {}
        Trace.watch
        @events = [loads, failed_loads].each(&:enable)
      end

      def stop
        @events&.each(&:disable)
        @stopped = true
      end

      # how: :read, :list, :test, :stat, :link, :entry (its name was seen in a listing) or :write
      def note(path, how)
        quietly do
          if Asker.frame(4)
            add(path, how)
          elsif @choosing && how == :test
            add(path, :tool)
          end
        end
      end

      # A folder is opened; the names in it are seen, too.
      def list(path)
        quietly do
          next unless path?(path) && Asker.frame(4)
          add(path, :list)
          Dir.children(path).first(ENTRIES).each { |name| add(File.join(text(path), name), :entry) } if File.directory?(path)
        end
      end

      def glob(patterns, base, flags = 0)
        quietly do
          next unless Asker.frame(4)
          ways(text(base), :test) if base
          base = base.nil? ? Dir.pwd : File.expand_path(text(base))
          Array(patterns).flat_map { |one| text(one).split("\0") }.each { |one| pattern(one, base, flags) }
        end
      end

      def program(words)
        quietly do
          at = Asker.frame(3) or next
          words = words.reject { |word| word.is_a?(Hash) }
          @programs << { "command" => Plain.of(words.flatten.map(&:to_s).join(" ")), "file" => at.absolute_path || at.path,
            "line" => at.lineno }
        end
      end

      def plugin(name, there)
        quietly { @asked_plugins[name.to_s] = there ? true : false if Asker.frame(3) }
      end

      # A name without a folder is looked for in every folder of $LOAD_PATH; those of the user's decide with what is missing, too.
      # Ruby's load looks in the current folder at last, require does not.
      def required(name, here: false)
        quietly do
          next unless Asker.frame(3)
          name = text(name)
          roots = $LOAD_PATH.map(&:to_s).select { |root| Asker.user?("#{root}/x") } + (here ? [Dir.pwd] : [])
          roots = [Dir.pwd] if name.start_with?("/", "./", "../", "~")
          roots.each do |root|
            # Not cleaned: the folders that it leads through have to be there.
            whole = name.start_with?("/", "~") ? name : File.join(root, name)
            found = [whole, "#{whole}.rb"].find { |one| add(one, :test) && File.file?(File.expand_path(one)) }
            break if found
          end
        end
      end

      def report
        @files.map { |path, how| { "path" => Plain.of(path), "how" => how.map(&:to_s).sort } }
      end

      private

      # Our own looking is not noted, and a strange argument is the called method's to complain about.
      def quietly
        return if @stopped || @files.nil? || Thread.current[:corral_quiet]
        Thread.current[:corral_quiet] = true
        begin
          yield
        rescue ArgumentError, TypeError, EncodingError, SystemCallError
          nil
        ensure
          Thread.current[:corral_quiet] = false
        end
      end

      def text(path)
        path = path.to_path if path.respond_to?(:to_path)
        path.respond_to?(:to_str) ? path.to_str : raise(TypeError)
      end

      def add(path, how, way: true)
        return if path.is_a?(Integer)
        name = text(path)
        return if name.empty? || name.b.match?(%r{\A[a-z][a-z0-9+.-]+://}i)
        whole = File.expand_path(name).dup.force_encoding(Encoding::UTF_8)
        return true unless Asker.user?(whole)
        # What these hold is made up when it is read, and never twice the same.
        how = :test if whole.start_with?("/dev/", "/proc/", "/sys/")
        (@files[whole] ||= Set.new) << how
        ways(name, how) if way && name.include?("/../")
        true
      end

      # A path that leads into a folder and out of it again needs that folder, and behind a link it ends elsewhere than it says.
      def ways(name, how)
        parts = name.split("/")
        turns = (1...parts.length).select { |i| parts[i] == ".." && !["", ".", ".."].include?(parts[i - 1]) }
        folders = turns.first(WAYS).map { |i| parts.first(i).join("/") }
        folders.each { |folder| add(folder, File.symlink?(folder) ? :link : :test, way: false) }
        add(File.realpath(name), how) if folders.any? { |folder| File.symlink?(folder) } && File.exist?(name)
      end

      # Every folder that the pattern looks into decides, whether anything matched or not.
      def pattern(one, base, flags)
        whole = one.start_with?("/", "~") ? one : File.join(base.gsub(/[*?\[\]{}\\]/) { |sign| "\\#{sign}" }, one)
        @patterns << File.expand_path(one, base)
        alternatives(whole).each do |plain|
          parts = plain.split("/").drop(1)
          first = parts.index { |part| part.match?(MAGIC) } || parts.length
          root = "/#{parts.first(first).join("/").gsub(/\\(.)/, '\1')}"
          next add(root, :test) unless first < parts.length && File.directory?(root)
          listed(root, parts.drop(first), flags).each { |folder| add(folder, :list) }
        end
        Dir.glob(whole, flags).each { |found| add(found, :test) }
      end

      def listed(root, parts, flags)
        start = root.gsub(/[*?\[\]{}\\]/) { |sign| "\\#{sign}" }
        below = (0...parts.length - 1).flat_map { |n| Dir.glob("#{start}/#{parts.first(n + 1).join("/")}/", flags).first(FOLDERS) }
        below += Dir.glob("#{start}/**/", flags).first(FOLDERS) if parts.last == "**" || parts.include?("**")
        [root, *below.map { |path| path.chomp("/") }].uniq
      end

      def alternatives(pattern)
        before, inner, after = pattern.match(/\A(.*?)\{([^{}]*)\}(.*)\z/m)&.captures
        return [pattern] unless inner
        inner.split(",", -1).flat_map { |one| alternatives("#{before}#{one}#{after}") }.first(200)
      end

      # Whatever Ruby compiles: the file itself, and what it requires and loads.
      def loads
        TracePoint.new(:script_compiled) do |event|
          code = event.instruction_sequence
          path = code&.absolute_path
          next unless path && event.eval_script.nil? && Asker.user?(path)
          quietly do
            add(path, :read)
            # Through a link; code asks for its own place behind it.
            add(code.path, :link) if code.path.start_with?("/") && code.path != path
          end
        end
      end

      def failed_loads
        TracePoint.new(:raise) do |event|
          error = event.raised_exception
          next unless error.is_a?(LoadError) || error.is_a?(SyntaxError)
          path = error.is_a?(LoadError) ? error.path : error.message[/\A(.+?):\d+:/, 1]
          next unless path&.include?("/") && Asker.user?(path)
          quietly do
            add(path, error.is_a?(SyntaxError) ? :read : :test)
            add("#{path}.rb", :test) if error.is_a?(LoadError) && File.extname(path).empty?
          end
        end
      end
    end

    # A module whose methods tell what they are called with and then do what they always did; only for those that the target has.
    def self.watching(target, names, private: false, afterwards: false, &tell)
      Module.new do
        names.select { |name| target.respond_to?(name, true) }.each do |name|
          define_method(name) do |*args, &block|
            next super(*args, &block).tap { tell.call(args) } if afterwards
            tell.call(args)
            super(*args, &block)
          end
          # Passes keywords on as keywords, in every Ruby.
          ruby2_keywords(name) if respond_to?(:ruby2_keywords, true)
          private(name) if private
        end
      end
    end

    def self.writing?(mode)
      mode.is_a?(Integer) ? (mode & (IO::WRONLY | IO::CREAT | IO::TRUNC)).positive? : mode.to_s.match?(/\A[wa]/)
    end

    def self.mode(args)
      options = args.last.is_a?(Hash) ? args.last : {}
      args[1].is_a?(String) || args[1].is_a?(Integer) ? args[1] : options[:mode]
    end

    def self.base(args)
      args.last.is_a?(Hash) ? args.last[:base] : nil
    end

    # Whether names with a dot in front match, for instance.
    def self.flags(args)
      given = args[1].is_a?(Integer) ? args[1] : (args.last.is_a?(Hash) && args.last[:flags])
      given.is_a?(Integer) ? given : 0
    end

    def self.path?(thing)
      thing.respond_to?(:to_str) || thing.respond_to?(:to_path)
    end

    def self.opened(args)
      return unless path?(args.first)
      args.first.to_s.start_with?("|") ? program([args.first.to_s.delete_prefix("|")]) : note(args.first,
        writing?(mode(args)) ? :write : :read)
    end

    TYPE = %i[exist? exists? file? directory? readable? readable_real? writable? writable_real? executable? executable_real? world_readable?
              world_writable? owned? grpowned? pipe? socket? blockdev? chardev? setuid? setgid? sticky? ftype].freeze
    STAT = %i[size? size zero? empty? mtime atime ctime birthtime stat].freeze
    LINK = %i[symlink? readlink realpath realdirpath lstat].freeze

    def self.watch
      io = IO.singleton_class
      io.prepend(watching(IO, %i[read binread readlines foreach sysopen]) { |args| note(args.first, :read) if path?(args.first) })
      io.prepend(watching(IO, %i[copy_stream]) { |args| { args[0] => :read, args[1] => :write }.each { |path,
        how| note(path, how) if path?(path) } })
      io.prepend(watching(IO, %i[write binwrite]) { |args| note(args.first, :write) })
      io.prepend(watching(IO, %i[popen]) { |args| program(args.grep_v(/\A[rwa]b?\+?(:|\z)/)) })
      File.prepend(initializing { |args| opened(args) })
      Dir.prepend(initializing { |args| list(args.first) })
      File::Stat.prepend(initializing { |args| note(args.first, :stat) })
      watch_compilers
      [File, FileTest].each do |type|
        type.singleton_class.prepend(watching(type, TYPE) { |args| note(args.first, :test) })
        type.singleton_class.prepend(watching(type, STAT) { |args| note(args.first, :stat) })
        type.singleton_class.prepend(watching(type, LINK) { |args| note(args.first, :link) })
        type.singleton_class.prepend(watching(type, %i[identical?]) { |args| args.first(2).each { |path| note(path, :link) } })
      end
      watch_changes
      dir = Dir.singleton_class
      dir.prepend(watching(Dir, %i[glob]) { |args| glob(args.first, base(args), flags(args)) })
      dir.prepend(watching(Dir, %i[[]]) { |args| glob(args.reject { |one| one.is_a?(Hash) }, base(args)) })
      dir.prepend(watching(Dir, %i[entries children each_child foreach empty? open]) { |args| list(args.first) })
      dir.prepend(watching(Dir, %i[exist? exists?]) { |args| note(args.first, :test) })
      dir.prepend(watching(Dir, %i[chdir]) { |args| note(args.first, :test) if path?(args.first) })
      Process.singleton_class.prepend(watching(Process, %i[spawn]) { |args| program(args) })
      [[Kernel.singleton_class, false], [Object, true]].each { |target, hidden| watch_globals(target, hidden) }
      Process.singleton_class.prepend(leaving(Process, false))
      Vagrant.singleton_class.prepend(Plugins)
    end

    # They open the file themselves.
    def self.watch_compilers
      return unless defined?(RubyVM::InstructionSequence)
      compiler = RubyVM::InstructionSequence
      compiler.singleton_class.prepend(watching(compiler, %i[compile_file compile_file_parsey compile_file_prism]) { |args| note(args.first,
        :read) if path?(args.first) })
    end

    # A Vagrantfile that changes files while it loads may mean something else the next time.
    def self.watch_changes
      File.singleton_class.prepend(watching(File, %i[delete unlink mkfifo],
        afterwards: true) { |args| args.each { |path| note(path, :write) } })
      File.singleton_class.prepend(watching(File, %i[rename symlink link], afterwards: true) { |args| note(args[1], :write) })
      File.singleton_class.prepend(watching(File, %i[truncate], afterwards: true) { |args| note(args.first, :write) })
      Dir.singleton_class.prepend(watching(Dir, %i[mkdir rmdir delete unlink], afterwards: true) { |args| note(args.first, :write) })
    end

    # What every object can call.
    def self.watch_globals(target, hidden)
      target.prepend(watching(Kernel, %i[require], private: hidden) { |args| required(args.first) })
      target.prepend(watching(Kernel, %i[load], private: hidden) { |args| required(args.first, here: true) })
      target.prepend(watching(Kernel, %i[test], private: hidden) { |args| args.drop(1).each { |path| note(path, :stat) } })
      target.prepend(watching(Kernel, %i[system spawn `], private: hidden) { |args| program(args) })
      target.prepend(watching(Kernel, %i[open], private: hidden) { |args| opened(args) })
      target.prepend(leaving(Kernel, hidden))
    end

    def self.initializing(&tell)
      Module.new do
        define_method(:initialize) do |*args, &block|
          tell.call(args)
          super(*args, &block)
        end
        ruby2_keywords(:initialize) if respond_to?(:ruby2_keywords, true)
      end
    end

    # Another program in Vagrant's place, or an end without a word, would leave nobody to answer.
    def self.leaving(target, hidden)
      Module.new do
        [Trace.watching(target, %i[exec], private: hidden) { |args| Trace.program(args) &&
          CorralResolve.gone("exec #{args.grep(String).join(" ")}") },
         Trace.watching(target, %i[exit!], private: hidden) { CorralResolve.gone("exit!") if Asker.frame(3) }].each { |one| prepend(one) }
      end
    end

    module Plugins
      def has_plugin?(name, *rest)
        super.tap { |there| Trace.plugin(name, there) }
      end
    end
  end
end
