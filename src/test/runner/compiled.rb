# Keeps in the folder of this file what Ruby compiled of the installed libraries, and collects no garbage while Vagrant loads them, so that
# each of the hundreds of Vagrants that tests start costs a quarter less of a processor. Loaded by RUBYOPT, in tests only. Files of tests
# themselves are read as ever.
class RubyVM::InstructionSequence
  COMPILED = __dir__
  # As they are now: what traces a Vagrantfile's reading puts itself in front of them later.
  READ = File.method(:binread)
  WRITE = File.method(:binwrite)
  MOVE = File.method(:rename)

  # What is loaded lives until the end. With what reads Vagrantfiles all is as usual: these may do anything.
  GC.disable if File.basename($PROGRAM_NAME) == "vagrant"
  LOADED = "/vagrant/config/loader.rb"

  def self.load_iseq(path)
    return unless path.start_with?("/usr/")
    GC.enable if path.end_with?(LOADED)
    kept = "#{COMPILED}/#{path.tr("/", "%")}"
    begin
      return load_from_binary(READ.call(kept))
    rescue SystemCallError
      # Nobody has loaded it yet.
    end
    compiled = compile_file(path)
    mine = "#{kept}.#{Process.pid}"
    WRITE.call(mine, compiled.to_binary)
    MOVE.call(mine, kept)
    compiled
  rescue SystemCallError, SyntaxError, RuntimeError
    # A full disk, or one that can't be kept: then Ruby compiles it as it always does.
    nil
  end
end
