# Finds whether what a machine's provisioners and triggers say, or files that they name, speaks of a folder in the guest.
module CorralHook
  module Mentions
    LARGEST_FILE = 1 << 20
    MOST_FILES = 2_000
    MOST_BYTES = 16 << 20
    MOST_TEXTS = 20_000
    LONGEST_PATH = 1_024
    DEEPEST = 8
    # What a playbook brings along from beside it.
    BESIDE_PLAYBOOK = %w[roles group_vars host_vars tasks handlers templates vars files library].freeze

    class << self
      def any?(root, guest)
        word = word(guest)
        texts = texts_of(root)
        texts.any? { |text| word.match?(text) } || files(texts, root).any? { |path| in_file?(path, word, guest) }
      end

      private

      # As a path of its own or the beginning of one: not in "/home/vagrant" and not in "/vagrant-data".
      def word(guest)
        Regexp.new("(?<![\\w.~})/-])#{Regexp.escape(guest.dup.force_encoding("UTF-8").scrub)}(?![\\w-])")
      end

      def texts_of(root)
        texts = []
        root.vm.provisioners.each { |one| collect(one.config, texts) }
        (root.trigger.before_triggers + root.trigger.after_triggers).each { |one| collect([one.run, one.run_remote], texts) }
        texts
      end

      def collect(value, texts, depth = 0)
        return if depth > DEEPEST || texts.length >= MOST_TEXTS
        case value
        when String, Symbol, Pathname then texts << value.to_s.dup.force_encoding("UTF-8").scrub
        when Array, Set then value.each { |one| collect(one, texts, depth + 1) }
        when Hash then value.each { |pair| collect(pair, texts, depth + 1) }
        when Vagrant::Plugin::V2::Config
          value.instance_variables.each { |name| collect(value.instance_variable_get(name), texts, depth + 1) }
        end
      end

      # Files that are named, and those in folders that are named. The project's folder itself holds everything and says nothing.
      def files(texts, root)
        folder = File.dirname(CorralHook.vagrantfile)
        named = texts.select { |text| text.length.between?(1, LONGEST_PATH) && !text.match?(/[\0\n]/) }.uniq
        named = named.map { |text| text.start_with?("~") ? nil : File.expand_path(text, folder) }.compact.uniq
        named = named.select { |path| File.exist?(path) && path != folder && !folder.start_with?("#{path.chomp("/")}/") }
        playbooks = root.vm.provisioners.select { |one| one.type.to_s.start_with?("ansible") }.flat_map { |one| beside(one.config, folder) }
        (named + playbooks).uniq.lazy.flat_map { |path| File.directory?(path) ? below(path).lazy : [path] }
      end

      def beside(config, folder)
        playbook = config.respond_to?(:playbook) && config.playbook
        return [] unless playbook.is_a?(String)
        place = File.dirname(File.expand_path(playbook, folder))
        place == folder ? BESIDE_PLAYBOOK.map { |name| File.join(place, name) }.select { |path| File.directory?(path) } : [place]
      end

      def below(folder)
        Enumerator.new do |found|
          waiting = [folder]
          until waiting.empty?
            here = waiting.shift
            children(here).each do |path|
              if File.symlink?(path) && File.directory?(path) then next
              elsif File.directory?(path) then waiting << path unless File.basename(path).start_with?(".")
              else found << path
              end
            end
          end
        end
      end

      def children(folder)
        Dir.children(folder).sort.map { |name| File.join(folder, name) }
      rescue SystemCallError
        []
      end

      # Each file is looked at once, however often the configuration is put together. Past the limits nobody knows, and what nobody knows
      # stays as Vagrant would have it.
      def in_file?(path, word, guest)
        @seen ||= Hash.new { |seen, key| seen[key] = {} }
        known = @seen[guest]
        return known[path] if known.key?(path)
        @bytes ||= Hash.new(0)
        return true if known.length >= MOST_FILES || @bytes[guest] >= MOST_BYTES
        known[path] = !(text = read(path)).nil? && word.match?(text)
        @bytes[guest] += text ? text.bytesize : 0
        known[path]
      end

      def read(path)
        return nil unless File.file?(path)
        # Of an empty file nothing is read, and the text of nothing is frozen.
        (File.open(path, "rb") { |file| file.read(LARGEST_FILE) } || +"").force_encoding("UTF-8").scrub
      rescue SystemCallError
        nil
      end
    end
  end
end
