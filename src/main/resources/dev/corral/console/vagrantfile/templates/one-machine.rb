# One VM. Everything below "shell" runs as root when the VM is made, and again with "vagrant provision".
Vagrant.configure("2") do |config|
  config.vm.box = "corral/debian"

  config.vm.provision "setup", type: "shell", inline: <<~SHELL
    set -eu
    echo "ready" > /etc/sandbox-state
  SHELL
end
