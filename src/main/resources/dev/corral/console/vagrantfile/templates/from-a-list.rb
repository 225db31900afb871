# As many VMs as the list has. Several sandboxes of this file can run at once: Vagrant keeps their names apart by their folders.
MACHINES = {
  "desk" => { memory: 512, note: "where you work" },
  "store" => { memory: 384, note: "where the data lies" },
}

Vagrant.configure("2") do |config|
  config.vm.box = "corral/debian"

  MACHINES.each_with_index do |(name, settings), index|
    config.vm.define name, primary: index.zero? do |machine|
      machine.vm.provider("libvirt") { |libvirt| libvirt.memory = settings[:memory] }
      machine.vm.provider("virtualbox") { |virtualbox| virtualbox.memory = settings[:memory] }
      machine.vm.provision "note", type: "shell", inline: "echo '#{settings[:note]}' > /etc/motd"
    end
  end
end
