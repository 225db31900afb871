# What the resolved configuration says of each machine.
module CorralResolve
  module Describe
    module_function

    def machines(env)
      file = env.vagrantfile
      file.machine_names_and_options.map { |name, options| machine(env, file, name, options) }
    end

    def machine(env, file, name, options)
      about = { "name" => Plain.of(name), "autostart" => options.fetch(:autostart, true) ? true : false,
        "primary" => options[:primary] ? true : false }
      about.merge!(Lines.of(:machine, name.to_s))
      provider, made, trouble = resolved(env, file, name)
      config = made[:config]
      about.merge!(described(made, config, provider), "trouble" => trouble)
      reachable(config, about)
    rescue Exception => error
      raise if error.is_a?(Interrupt)
      about.merge("failure" => Failure.of(error))
    end

    # Vagrant loads this one communicator as soon as it makes the machine, and what it needs is not everywhere.
    def reachable(config, about)
      Vagrant.plugin("2").manager.communicators[:winrm] if config.vm.communicator == :winrm
      about
    rescue LoadError => error
      said = "#{error.message} (which config.vm.communicator = :winrm needs)"
      return about.merge("failure" => Failure.of(error).merge("message" => Plain.of(said))) if about["autostart"]
      about.merge("warnings" => about["warnings"] + [Plain.of("It can't be started: #{said}")])
    end

    # A provider that is absent is no reason to know nothing of the rest.
    def resolved(env, file, name)
      Trace.choosing = true
      provider = begin
        (CorralResolve.request["provider"] || env.default_provider(machine: name)).to_sym
      rescue Vagrant::Errors::NoDefaultProvider => error
        trouble = Failure.of(error)
        nil
      end
      begin
        made = file.machine_config(*parameters(file, name, provider, env))
      rescue Vagrant::Errors::ProviderNotFound, Vagrant::Errors::ProviderNotUsable, Vagrant::Errors::ProviderNotFoundSuggestion => error
        trouble = Failure.of(error).merge("provider" => provider.to_s,
          "did_you_mean" => Unknown.near(provider, Vagrant.plugin("2").manager.providers.keys))
        made = file.machine_config(*parameters(file, name, nil, env))
      end
      [provider, made, trouble]
    ensure
      Trace.choosing = false
    end

    def parameters(file, name, provider, env)
      parameters = [name, provider, env.boxes]
      parameters << nil if file.method(:machine_config).parameters.length > 3
      parameters
    end

    def described(made, config, provider)
      vm = config.vm
      { "provider" => provider&.to_s, "provider_known" => !provider.nil? && !Vagrant.plugin("2").manager.providers[provider].nil?,
        "providers" => providers(vm, provider), "box" => box(vm, made), "hostname" => Plain.word(vm.hostname),
          "guest" => Plain.of(vm.guest),
        "communicator" => Plain.word(vm.communicator), "boot_timeout" => Plain.whole(vm.boot_timeout), "networks" => networks(vm),
        "synced_folders" => folders(vm), "disks" => disks(vm), "provisioners" => provisioners(vm), "triggers" => triggers(config),
        "cloud_init" => vm.respond_to?(:cloud_init_configs) ? Array(vm.cloud_init_configs).map { |one| Plain.settings(one) } : [],
        "ssh" => Plain.settings(config.ssh), "winrm" => winrm(config), "unknown_keys" => Unknown.of(config),
          "warnings" => Array(made[:config_warnings]).map { |one| Plain.word(one) },
        "errors" => Array(made[:config_errors]).map { |one| Plain.word(one) } }
    end

    def providers(vm, chosen)
      names = Array(vm.respond_to?(:__providers) ? vm.__providers : []).map(&:to_sym)
      (names + [chosen]).compact.uniq.map do |name|
        { "name" => Plain.of(name), "known" => !Vagrant.plugin("2").manager.providers[name].nil?,
          "settings" => provider_settings(vm, name) }.merge(Lines.of(:provider, name.to_s))
      end
    end

    def provider_settings(vm, name)
      config = vm.get_provider_config(name)
      config ? Plain.settings(config) : {}
    rescue StandardError, ScriptError
      {}
    end

    def box(vm, made)
      found = made[:box]
      { "name" => Plain.word(vm.box), "version" => Plain.word(vm.box_version), "url" => Plain.of(vm.box_url), "present" => !found.nil?,
        "found_version" => found && found.version.to_s, "directory" => found && found.directory.to_s }.merge(Lines.of(:box, vm.box.to_s))
    end

    def networks(vm)
      vm.networks.map do |type, options|
        { "type" => type.to_s, "implicit" => options[:id].to_s == "ssh", "options" => Plain.of(options.reject { |key, _| key == :id }) }
          .merge(Lines.of(:network, "#{type}-#{options[:id]}"))
      end
    end

    def folders(vm)
      vm.synced_folders.map do |id, options|
        { "id" => Plain.of(id), "host" => Plain.of(options[:hostpath].to_s), "guest" => Plain.of(options[:guestpath].to_s),
          "type" => options[:type]&.to_s,
          "disabled" => options[:disabled] ? true : false,
          "options" => Plain.of(options.reject { |key, _| %i[hostpath guestpath type disabled].include?(key) }) }
          .merge(Lines.of(:folder, options[:guestpath].to_s, options[:hostpath].to_s))
      end
    end

    def disks(vm)
      return [] unless vm.respond_to?(:disks)
      vm.disks.map { |one| Plain.settings(one).merge(Lines.of(:disk, (one.name || one.file || one.type).to_s)) }
    end

    # In the order of the file. Vagrant runs those with before and after elsewhere; "with" is what --provision-with takes to run this one.
    def provisioners(vm)
      all = vm.provisioners.map { |one| [one, (one.name || (one.config.respond_to?(:name) ? one.config.name : nil))&.to_s] }
      all.each_with_index.map do |(one, name), index|
        { "index" => index, "name" => Plain.word(name), "type" => one.type.to_s, "run" => (one.run || "once").to_s,
          "with" => Plain.of(asked(all, name, one, index)),
          "before" => one.respond_to?(:before) ? Plain.word(one.before) : nil,
            "after" => one.respond_to?(:after) ? Plain.word(one.after) : nil,
          "known" => !one.invalid?,
            "settings" => one.config ? Plain.settings(one.config).merge(containers(one.config)) : {} }
          .merge(Lines.place(one.instance_variable_get(:@corral_place)))
      end
    end

    # Among what is internal by its name is what a container provisioner has to build and to run.
    def containers(config)
      %i[build_images containers].select { |name| config.respond_to?(name) }
                                 .to_h { |name| [name.to_s, Plain.of(config.public_send(name))] }
    end

    # A request for a name also runs what has that type, and one for a type all of that type but those that never run.
    def asked(all, name, one, index)
      reached = lambda do |wanted|
        all.each_index.select { |i| all[i][1] == wanted || (all[i][0].type.to_s == wanted && all[i][0].run.to_s != "never") }
      end
      [name, one.type.to_s].compact.find { |it| reached.call(it) == [index] }
    end

    def triggers(config)
      { "before" => config.trigger.before_triggers, "after" => config.trigger.after_triggers }.flat_map do |moment, all|
        all.map do |one|
          { "when" => moment, "on" => one.command.to_s, "type" => one.type.to_s, "name" => Plain.word(one.name),
            "only_on" => Array(one.only_on).map { |name| trigger_name(name) },
            "run" => part(one.run), "run_remote" => part(one.run_remote),
              "ruby" => !one.ruby_block.nil?, "ruby_texts" => Literals.of(one.ruby_block),
              "ruby_reads" => Literals.reads?(one.ruby_block) }
            .merge(Lines.place(one.instance_variable_get(:@corral_place)))
        end
      end
    end

    def trigger_name(name)
      name.is_a?(Regexp) ? "/#{name.source}/" : Plain.of(name.to_s)
    end

    def part(config)
      config.respond_to?(:instance_variables_hash) ? Plain.settings(config) : nil
    end

    def winrm(config)
      Plain.settings(config.winrm)
    rescue StandardError
      {}
    end
  end

  # The texts that a block is written with, which runs only when machines do: among them are the names of files that it reads.
  module Literals
    MOST = 200
    LONGEST = 200
    # As in File.join(__dir__, "conf", "hosts" + ".yml").
    PARTS = 5
    READERS = %i[File IO Dir Pathname FileUtils YAML JSON ERB CSV].freeze
    CALLS = %i[load require require_relative open system spawn `].freeze

    module_function

    def of(block)
      return [] unless block && defined?(RubyVM::InstructionSequence)
      code = RubyVM::InstructionSequence.of(block)
      found = code ? texts(code.to_a, []) : []
      found = found.select { |one| one.length <= LONGEST && !one.match?(/[\0\n]/) }.first(MOST)
      joined = (2..PARTS).flat_map { |length| found.each_cons(length).flat_map { |parts| joins(parts) } }
      Plain.of((found + joined).uniq.select { |one| one.length <= LONGEST })
    end

    # Whether it may read files at all: which ones, if their names are made up as it runs, nobody can know before.
    def reads?(block)
      return false unless block && defined?(RubyVM::InstructionSequence)
      code = RubyVM::InstructionSequence.of(block)
      code ? named?(code.to_a) : true
    end

    def named?(code)
      case code
      when Array then code.any? { |one| named?(one) }
      when Hash then CALLS.include?(code[:mid])
      when Symbol then READERS.include?(code)
      else false
      end
    end

    # Parts of a path, or parts of a name in it.
    def joins(parts)
      parts.drop(1).inject([parts.first]) { |all, part| all.flat_map { |one| [one + part, "#{one}/#{part}"] } }
    end

    def texts(code, found)
      if %i[putstring putobject putchilledstring].include?(code.first) && code[1].is_a?(String)
        found << code[1]
      else
        code.each { |one| texts(one, found) if one.is_a?(Array) }
      end
      found
    end
  end

  # Keys, provisioners and plugins that nobody knows; Vagrant complains of most only when it starts a machine.
  module Unknown
    module_function

    def of(config)
      found = config.instance_variable_get(:@keys)&.flat_map { |key, one| keys("config.#{key}", one) } || []
      found += config.vm.provisioners.flat_map { |one| keys("provisioner #{one.name || one.type}", one.config) }
      found += Vagrant.plugin("2").manager.provider_configs.keys.flat_map { |name| keys("provider #{name}", provider(config, name)) }
      found += types(config)
      found + Array(config.instance_variable_get(:@missing_key_calls)&.to_a).map do |key|
        { "of" => "config", "key" => key, "did_you_mean" => near(key, Vagrant.plugin("2").manager.config.keys) }.merge(Lines.of(:root, key))
      end
    end

    def types(config)
      config.vm.provisioners.reject { |one| Vagrant.plugin("2").manager.provisioners[one.type] }.map do |one|
        { "of" => "provisioner type", "key" => one.type.to_s,
          "did_you_mean" => near(one.type, Vagrant.plugin("2").manager.provisioners.keys) }
          .merge(Lines.place(one.instance_variable_get(:@corral_place)))
      end
    end

    def provider(config, name)
      config.vm.get_provider_config(name)
    rescue StandardError, ScriptError
      nil
    end

    def keys(of, config)
      return [] if config.nil? || config.is_a?(Vagrant::Config::V2::DummyConfig)
      (config.instance_variable_get(:@__invalid_methods) || []).map do |name|
        key = name.to_s.chomp("=")
        { "of" => of, "key" => Plain.of(key), "did_you_mean" => near(key, known(config)) }.merge(Lines.of(:key, config.class.name, key))
      end
    end

    def known(config)
      config.class.ancestors.take_while { |one| one != Vagrant.plugin("2", :config) }.flat_map { |one| one.public_instance_methods(false) }
            .map { |name| name.to_s.chomp("=") }.uniq.select { |name| name.match?(/\A[a-z][a-z0-9_]*\z/) }
    end

    def near(word, all)
      return [] unless defined?(DidYouMean::SpellChecker)
      DidYouMean::SpellChecker.new(dictionary: all.map(&:to_s)).correct(word.to_s).first(3)
    end
  end
end
