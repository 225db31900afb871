# Asks Vagrant what a Vagrantfile means; starts nothing and writes nothing of the project. Vagrant loads this file in the place of a
# Vagrantfile, in an empty folder. It only registers a command; the real one is loaded by that command, in an environment of its own and
# with the variables that a start would give it, so that whatever it raises is caught together with its line.
require "json"
require "tmpdir"

module CorralResolve
  class << self
    # What is wanted, a file of JSON: directory, name, provider, arguments, variables, data and answer (two paths). With stay, a folder,
    # this process waits there afterwards to go on as a command.
    attr_reader :request
    # The names of the plugins that the Vagrantfile and its machines ask for.
    attr_accessor :wanted_plugins
  end

  def self.take_over
    return if request
    @request = JSON.parse(File.read(ENV.delete("CORRAL_RESOLVE_REQUEST"), encoding: "UTF-8"))
    @pid = Process.pid
    # What led Vagrant here is not the project's business.
    %w[VAGRANT_CWD VAGRANT_VAGRANTFILE VAGRANT_DOTFILE_PATH].each { |name| ENV.delete(name) }
    request["variables"].each { |name, value| ENV[name] = value }
    ARGV.replace(request["arguments"])
    # Where this process is to be a command afterwards, a child has the rest, so that nothing of it is left here.
    require_relative "stay" if request["stay"]
    load_all unless request["stay"]
  end

  def self.load_all
    %w[plain asker trace variables lines failure describe].each { |name| require_relative name }
  end

  # A child of this process answers from now on.
  def self.answer_here
    @pid = Process.pid
  end

  # Ends with who asked, and soon after the time that was given: nobody may be there to do it.
  def self.watch_over
    parent = Process.ppid
    last = Process.clock_gettime(Process::CLOCK_MONOTONIC) + request["limit"] + 30
    Thread.new do
      sleep 1 while Process.ppid == parent && Process.clock_gettime(Process::CLOCK_MONOTONIC) < last
      Process.kill(:KILL, Process.getpgrp == Process.pid ? -Process.pid : Process.pid)
    end
  end

  def self.answer
    watch_over
    Asker.prepare
    Trace.start
    Variables.start
    Lines.start
    env = nil
    told = begin
      Vagrant::Environment.prepend(AskNobody)
      env = environment
      { "machines" => Describe.machines(env), "primary" => Plain.word(env.vagrantfile.primary_machine_name),
        "missing_plugins" => missing_plugins }
    rescue Exception => error
      { "failure" => Failure.of(error) }
    end
    tell(told.merge(common))
  end

  def self.environment
    Vagrant::Environment.new(cwd: request["directory"], local_data_path: request["data"], vagrantfile_name: [request["name"]],
      ui_class: Vagrant::UI::Silent)
  end

  def self.common
    Trace.stop
    manager = Vagrant::Plugin::Manager.instance
    specs = manager.installed_specs
    { "vagrant" => Vagrant::VERSION, "ruby" => RUBY_VERSION, "plugins" => specs.to_h { |one| [one.name, one.version.to_s] },
      "installation" => installation(manager, specs), "home" => Vagrant.user_data_path.to_s, "reads" => Trace.report,
        "patterns" => Plain.of(Trace.patterns.to_a),
      "variables" => Variables.report, "programs" => Trace.programs, "plugins_asked" => Trace.asked_plugins }
  end

  # The files whose change means another Vagrant or other plugins.
  def self.installation(manager, specs)
    files = [Vagrant.source_root.join("version.txt"), Vagrant.source_root.join("lib/vagrant/version.rb"), manager.user_file&.path,
      Vagrant::Plugin::Manager.system_plugins_file]
    files += specs.map(&:loaded_from)
    files.compact.map(&:to_s).uniq
  end

  # Values of variables that are secrets by their name are not told.
  module Secrets
    NAME = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE_KEY|API_?KEY/i.freeze
    SHORTEST = 6

    def self.hide(told)
      values = Variables.names.keys.grep(NAME).filter_map { |name| ENV[name] }.select { |value| value.length >= SHORTEST }
      without(told, values.sort_by { |value| -value.length }.map { |value| Plain.text(value) })
    end

    # Every text as UTF-8, too: a path may be in any encoding, and JSON knows only one.
    def self.without(value, secrets)
      case value
      when String then secrets.reduce(Plain.text(value)) { |text, secret| text.gsub(secret, "***") }
      when Array then value.map { |one| without(one, secrets) }
      when Hash then value.to_h { |key, one| [Plain.text(key.to_s), without(one, secrets)] }
      else value
      end
    end
  end

  # Vagrant would ask whether to install them, which is for the user to say. To know them it looks at every machine, and that counts: what
  # the block of one machine says to the whole file's config is from then on said of all that are looked at again.
  module AskNobody
    def process_configured_plugins
      CorralResolve.wanted_plugins = find_configured_plugins.keys.map(&:to_s) if Vagrant.plugins_enabled?
      {}
    end
  end

  def self.missing_plugins
    wanted_plugins.to_a - Vagrant::Plugin::Manager.instance.installed_plugins.keys.map(&:to_s)
  end

  # Written aside and put in place, so that half an answer is never read. A child that the Vagrantfile made must not answer for us.
  def self.tell(told)
    return unless Process.pid == @pid && !@told
    @told = true
    Thread.current[:corral_quiet] = true
    File.binwrite("#{request["answer"]}.new", JSON.generate(Secrets.hide(told)))
    File.rename("#{request["answer"]}.new", request["answer"])
  end

  # The Vagrantfile ends this process, or has another program take its place.
  def self.gone(how)
    return unless Process.pid == @pid
    at = Asker.frame(3)
    file = at && Plain.of(File.expand_path(at.absolute_path || at.path))
    tell({ "failure" => { "class" => "SystemExit", "message" => how, "file" => file, "line" => at&.lineno } }.merge(common))
    finish
  end

  # What the Vagrantfile left for the end of the process, a thread or a child of its own, is not waited for.
  def self.finish
    [STDOUT, STDERR, $stdout, $stderr].uniq.each do |stream|
      stream.flush
    rescue StandardError
      nil
    end
  ensure
    Process.kill(:KILL, Process.pid)
  end

  class Command < Vagrant.plugin("2", :command)
    def self.synopsis = "tells what a Vagrantfile means"

    def execute
      return Stay.execute if CorralResolve.request["stay"]
      begin
        CorralResolve.answer
      ensure
        CorralResolve.finish
      end
    end
  end

  class Plugin < Vagrant.plugin("2")
    name "corral-resolve"
    command("corral-resolve", primary: false) { Command }
  end
end

CorralResolve.take_over if ENV.key?("CORRAL_RESOLVE_REQUEST")
