# What plain Vagrant makes of many Vagrantfiles: it is loaded once, and a child of its own opens each project as any command would.
# PLAIN_WANTED names a file with a JSON array of {key, directory, name, variables, data}; the answers go to the file that PLAIN_FACTS names,
# as an object by key. Where {up} is true, its machines are started as well, and what its provisioners would have
# done is told. Where one has a {question} and a {log}, Corral's own Ruby, which RESOLVE_RUBY names, answers it in that child
# instead.
require "digest"
require "json"
require "pathname"
require ENV["RESOLVE_RUBY"] if ENV["RESOLVE_RUBY"]

module PlainFacts
  def self.of(wanted)
    Dir.chdir(wanted["directory"])
    %w[VAGRANT_CWD VAGRANT_VAGRANTFILE VAGRANT_DOTFILE_PATH PLAIN_WANTED PLAIN_FACTS].each { |name| ENV.delete(name) }
    wanted["variables"].each { |name, value| ENV[name] = value }
    ARGV.replace(%w[up --machine-readable --no-destroy-on-error])
    # Without a name Vagrant's own rules find it.
    options = wanted["name"].to_s.empty? ? {} : { vagrantfile_name: [wanted["name"]] }
    Runs.install if wanted["up"]
    env = Vagrant::Environment.new(cwd: wanted["directory"], local_data_path: wanted["data"], ui_class: Vagrant::UI::Silent, **options)
    machines = env.machine_names.map { |name| machine(env.machine(name, env.default_provider(machine: name)), env) }
    { "machines" => machines, "primary" => env.primary_machine_name&.to_s }.merge(wanted["up"] ? up(env) : {})
  end

  def self.up(env)
    code = env.cli("up", "--machine-readable", "--no-destroy-on-error")
    { "exit" => code, "ran" => Runs.ran, "shared" => Runs.shared }
  rescue StandardError, ScriptError, SystemExit => error
    { "exit" => "#{error.class}: #{error.message}".b[0, 1 << 20].force_encoding("UTF-8").scrub, "ran" => Runs.ran, "shared" => Runs.shared }
  end

  # A start's provisioners in the place of a guest: each tells what it was given, and what lies in the files that it names.
  module Runs
    DEEPEST = 6

    class << self
      attr_reader :ran, :shared

      def install
        @ran = []
        @shared = []
        Vagrant::Action::Builtin::Provision.prepend(Told)
        Vagrant::Action::Builtin::HandleBox.prepend(NoBox)
        Vagrant::Machine.prepend(NoIndex)
      end

      def note(machine, provisioner, type)
        config = provisioner.config
        index = machine.config.vm.provisioners.index { |one| one.config.equal?(config) }
        names = config.instance_variables.reject { |name| name.to_s.start_with?("@__") || name == :@logger }.sort
        given = names.to_h { |name| [name.to_s, told(config.instance_variable_get(name), machine.env.root_path)] }
        @ran << { "machine" => machine.name.to_s, "index" => index, "type" => type.to_s, "given" => given }
      end

      def share(machine)
        folders = machine.config.vm.synced_folders.values.reject { |one| one[:disabled] || one[:hostpath].to_s == "." }
        @shared += folders.map do |one|
          "#{machine.name} #{one[:guestpath]} #{content(File.expand_path(one[:hostpath].to_s, machine.env.root_path))}"
        end
      end

      private

      def told(value, root, deep = 0)
        return "..." if deep > DEEPEST
        case value
        when String, Pathname then text(value.to_s, root)
        when Array then value.map { |one| told(one, root, deep + 1) }
        when Hash then value.to_h { |key, one| [key.to_s, told(one, root, deep + 1)] }
        when Symbol, Numeric, true, false, nil then value.to_s
        else value.class.name.to_s
        end
      end

      def text(value, root)
        # Chef's name for a node is made up.
        text = value.b.force_encoding("UTF-8").scrub.sub(/\Avagrant-\h{8}\z/, "vagrant-random")
        path = File.expand_path(value, root) unless value.empty? || value.include?("\0")
        path && value.length < 500 && value !~ %r{\A[./]*\z} && File.exist?(path) ? [text, content(path)] : text
      rescue ArgumentError, SystemCallError
        text
      end

      # A folder's content is that of all below it, with the names.
      def content(path)
        return "absent" unless File.exist?(path)
        return Digest::SHA256.file(path).hexdigest unless File.directory?(path)
        found = Dir.glob("**/*", File::FNM_DOTMATCH, base: path).sort.reject { |one| File.basename(one) == "." }
        found.map { |one| "#{one}=#{File.file?(File.join(path, one)) ? Digest::SHA256.file(File.join(path, one)).hexdigest[0, 12] : ""}" }
      end
    end

    module Told
      def call(env)
        Runs.share(env[:machine])
        super
      end

      def run_provisioner(env)
        Runs.note(env[:machine], env[:provisioner], env[:provisioner_name])
      end
    end

    # Each look at a machine's state is noted in the index otherwise, which costs more than all the rest.
    module NoIndex
      def state
        @provider.state
      end
    end

    module NoBox
      def call(env)
        @app.call(env)
      end
    end
  end

  def self.machine(machine, env)
    vm = machine.config.vm
    options = env.vagrantfile.machine_names_and_options[machine.name]
    { "name" => machine.name.to_s, "provider" => machine.provider_name.to_s, "autostart" => options.fetch(:autostart, true) ? true : false,
      "hostname" => vm.hostname&.to_s,
      "box" => vm.box&.to_s,
      "provisioners" => vm.provisioners.map { |one| [one.name.to_s, one.type.to_s, one.run.to_s.delete_prefix("once"),
        one.config.respond_to?(:path) ? one.config.path.to_s : ""].join(" ") },
      "folders" => vm.synced_folders.values.map { |one| [one[:hostpath], one[:guestpath], one[:type], !!one[:disabled]].join(" ") },
      "networks" => vm.networks.map { |type, options| [type, options[:ip], options[:host]].compact.join(" ") },
      "triggers" => (machine.config.trigger.before_triggers + machine.config.trigger.after_triggers).map { |one| [one.command,
        one.name].join(" ") } }
  end

  # As in a Vagrant of its own: see ThrowAway.
  def self.resolve(wanted)
    Dir.chdir(wanted["directory"])
    %w[PLAIN_WANTED PLAIN_FACTS RESOLVE_RUBY].each { |name| ENV.delete(name) }
    ENV["CORRAL_RESOLVE_REQUEST"] = wanted["question"]
    [STDOUT, STDERR].each { |stream| stream.reopen(wanted["log"], "a") }
    CorralResolve.take_over
    CorralResolve.answer
    CorralResolve.finish
  end

  # What every child would load for itself otherwise; what can not be loaded here can not be there either.
  def self.warm_up
    [Vagrant, Vagrant::Action, Vagrant::Action::Builtin, Vagrant::Util, Vagrant::Errors, Vagrant::Config].each do |place|
      place.constants.each { |name| try { place.const_get(name) } }
    end
    manager = Vagrant.plugin("2").manager
    manager.commands.each { |_, command| try { command.first.call } }
    %i[config provisioner_configs provisioners guests hosts synced_folders provider_configs communicators].each do |name|
      all = manager.public_send(name)
      all.keys.each { |key| try { all[key] } }
    end
    Vagrant::Plugin::Manager.prepend(Ready)
    Log4r::Logger.singleton_class.prepend(Known)
    GC.start
  end

  # Vagrant asks for a logger for each of its objects, and a new one of a name takes the old one's place at a price.
  module Known
    def new(name, *more)
      more.empty? && Log4r::Logger[name.to_s] || super
    end
  end

  # All plugins are loaded already.
  module Ready
    def bundler_init(*, **); end
  end

  def self.try
    yield
  rescue StandardError, ScriptError
    nil
  end

  def self.child(wanted)
    read, write = IO.pipe
    pid = fork do
      read.close
      Process.setsid
      resolve(wanted) if wanted["question"]
      facts = begin
        of(wanted)
      rescue Exception => error
        { "error" => "#{error.class}: #{error.message}".b[0, 1 << 20].force_encoding("UTF-8").scrub }
      end
      write.write(JSON.generate(facts))
      write.close
      Process.kill(:KILL, -Process.pid)
    end
    write.close
    [pid, read]
  end

  def self.finish(pid)
    Process.wait(pid)
    Process.kill(:KILL, -pid)
  rescue Errno::ESRCH
    nil
  end

  def self.ask(wanted)
    pid, read = child(wanted)
    # One that is asked Corral's question says nothing here, but what it left running would keep the pipe open.
    finish(pid) if wanted["question"]
    told = read.read
    Process.wait(pid) unless wanted["question"]
    read.close
    told.empty? ? { "error" => "it ended without a word" } : JSON.parse(told, max_nesting: false)
  end

  class Command < Vagrant.plugin("2", :command)
    def execute
      wanted = JSON.parse(File.read(ENV.fetch("PLAIN_WANTED"), encoding: "UTF-8"))
      PlainFacts.warm_up
      facts = {}
      queue = Thread::Queue.new
      wanted.each { |one| queue << one }
      queue.close
      workers = Array.new(2) do
        Thread.new do
          while (one = queue.pop)
            facts[one["key"]] = PlainFacts.ask(one)
          end
        end
      end
      workers.each(&:value)
      File.write(ENV.fetch("PLAIN_FACTS"), JSON.generate(facts))
      0
    end
  end

  class Plugin < Vagrant.plugin("2")
    name "plain-facts"
    command("plain-facts") { Command }
  end
end
