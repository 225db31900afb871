# One VM whose box and memory come from variables, as an eval's vagrantfile_env_vars sets them. INSPECT_VM_SUFFIX is set for
# each sandbox and makes the VM's name unique.
Vagrant.configure("2") do |config|
  config.vm.box = ENV.fetch("VAGRANT_BOX", "corral/debian")

  memory = Integer(ENV.fetch("VM_MEMORY", "512"))
  config.vm.provider("libvirt") { |libvirt| libvirt.memory = memory }
  config.vm.provider("virtualbox") { |virtualbox| virtualbox.memory = memory }

  config.vm.define "worker#{ENV['INSPECT_VM_SUFFIX']}"
end
