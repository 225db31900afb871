# What plain Vagrant makes of many Vagrantfiles: it is loaded once, and a child of its own opens each project as any command would.
# PLAIN_WANTED names a file with a JSON array of {key, directory, name, variables, data}; the answers go to the file that PLAIN_FACTS names,
# as an object by key. Where one has a {question} and a {log}, Corral's own Ruby, which RESOLVE_RUBY names, answers it in that child
# instead.
require "json"
require ENV["RESOLVE_RUBY"] if ENV["RESOLVE_RUBY"]

module PlainFacts
  def self.of(wanted)
    Dir.chdir(wanted["directory"])
    %w[VAGRANT_CWD VAGRANT_VAGRANTFILE VAGRANT_DOTFILE_PATH PLAIN_WANTED PLAIN_FACTS].each { |name| ENV.delete(name) }
    wanted["variables"].each { |name, value| ENV[name] = value }
    ARGV.replace(%w[up --machine-readable --no-destroy-on-error])
    env = Vagrant::Environment.new(cwd: wanted["directory"], local_data_path: wanted["data"], vagrantfile_name: [wanted["name"]])
    machines = env.machine_names.map { |name| machine(env.machine(name, env.default_provider(machine: name)), env) }
    { "machines" => machines, "primary" => env.primary_machine_name&.to_s }
  end

  def self.machine(machine, env)
    vm = machine.config.vm
    options = env.vagrantfile.machine_names_and_options[machine.name]
    { "name" => machine.name.to_s, "provider" => machine.provider_name.to_s, "autostart" => options.fetch(:autostart, true),
      "hostname" => vm.hostname&.to_s,
      "box" => vm.box&.to_s, "provisioners" => vm.provisioners.map { |one| [one.name.to_s, one.type.to_s, one.run.to_s,
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

  def self.child(wanted)
    read, write = IO.pipe
    pid = fork do
      read.close
      Process.setsid
      resolve(wanted) if wanted["question"]
      facts = begin
        of(wanted)
      rescue Exception => error
        { "error" => "#{error.class}: #{error.message}".b.force_encoding("UTF-8").scrub }
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

  class Command < Vagrant.plugin("2", :command)
    def execute
      wanted = JSON.parse(File.read(ENV.fetch("PLAIN_WANTED"), encoding: "UTF-8"))
      facts = {}
      wanted.each_slice(2) do |few|
        few.map { |one| [one, *PlainFacts.child(one)] }.each do |one, pid, read|
          # One that is asked Corral's question says nothing here, but what it left running would keep the pipe open.
          PlainFacts.finish(pid) if one["question"]
          told = read.read
          Process.wait(pid) unless one["question"]
          facts[one["key"]] = told.empty? ? { "error" => "it ended without a word" } : JSON.parse(told, max_nesting: false)
        end
      end
      File.write(ENV.fetch("PLAIN_FACTS"), JSON.generate(facts))
      0
    end
  end

  class Plugin < Vagrant.plugin("2")
    name "plain-facts"
    command("plain-facts") { Command }
  end
end
