package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The share of the project's folder is there where something in the Vagrantfile asks for it, and only there. */
@Tag("unit")
@Timeout(180)
class DefaultShareTest {
    private static final String OFF = "";
    private static final String ON = "/vagrant";

    @TempDir
    Path temp;

    private StubWorld stub;

    @BeforeEach
    void open() {
        stub = new StubWorld(temp);
    }

    @AfterEach
    void close() throws Exception {
        for (String sandbox : stub.directories()) {
            stub.destroy(sandbox);
        }
        stub.close();
    }

    // One machine for each of these lines of its block; returns which shares each of them had.
    private Map<String, String> shares(Map<String, String> blocks) throws Exception {
        Path vagrantfile = stub.vagrantfile("single");
        write(vagrantfile, "tools/plain.sh", "echo /home/vagrant/x ~/vagrant /vagrant-data $HOME/vagrant\n");
        write(vagrantfile, "tools/empty.sh", "");
        write(vagrantfile, "tools/reads.sh", "#!/bin/sh\n. \"/vagrant/lib.sh\"\n");
        write(vagrantfile, "deep/er/reads.txt", "cp /vagrant/x .\n");
        write(vagrantfile, "site.yml", "- hosts: all\n  roles: [base]\n");
        write(vagrantfile, "roles/base/tasks/main.yml", "- copy: {src: /vagrant/x, dest: /x}\n");
        write(vagrantfile, ".corralcopy", "tools/**\ndeep/**\nroles/**\nsite.yml\n");
        List<String> lines = new ArrayList<>(List.of(
                "require_relative 'stub'",
                "Stub.world = ENV.fetch('STUB_WORLD')",
                // Those that need a guest are not run here; only their settings matter.
                "Vagrant.plugin('2').manager.provisioners.each { |_, one| one.send(:define_method, :provision) {} }",
                "Vagrant.configure('2') do |config|",
                "  config.vm.provider :stub",
                "  config.trigger.after :up do |trigger|",
                "    trigger.ruby do |_, machine|",
                "      on = machine.config.vm.synced_folders.values.reject { |one| one[:disabled] }",
                "      raise 'a mark of ours is left' if on.any? { |one| one.key?(:corral_said_by) }",
                "      on = on.map { |one| [one[:guestpath], one[:type]].compact.join(' ') }.sort.join(',')",
                "      File.write(File.join(Stub.world, 'share-' + machine.name.to_s), on)",
                "    end",
                "  end"));
        blocks.forEach((name, block) -> lines.add("  config.vm.define('" + name + "') { |m| " + block + " }"));
        lines.add("end");
        Files.write(vagrantfile, lines);
        stub.start(StartRequest.of(vagrantfile));
        Map<String, String> shares = new TreeMap<>();
        for (String name : blocks.keySet()) {
            shares.put(name, Files.readString(temp.resolve("world/share-" + name)));
        }
        return shares;
    }

    private static void write(Path vagrantfile, String name, String text) throws Exception {
        Path file = vagrantfile.resolveSibling(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static final class Cases {
        private final Map<String, String> blocks = new LinkedHashMap<>();
        private final Map<String, String> shares = new TreeMap<>();

        void add(String block, String share) {
            String name = "m" + blocks.size();
            blocks.put(name, block);
            shares.put(name, share);
        }
    }

    @Test
    void whatTheVagrantfileSaysOfTheShareItselfCounts() throws Exception {
        Cases cases = new Cases();
        cases.add("", OFF);
        cases.add("m.vm.synced_folder '.', '/vagrant'", ON);
        cases.add("m.vm.synced_folder '.', '/vagrant/'", ON);
        cases.add("m.vm.synced_folder '.', '/vagrant', type: 'rsync'", "/vagrant rsync");
        cases.add("m.vm.synced_folder '.', '/vagrant', disabled: true", OFF);
        cases.add("m.vm.synced_folder '.', '/srv/app'", "/srv/app");
        cases.add("m.vm.synced_folder 'tools', '/vagrant'", ON);
        cases.add("m.vm.synced_folder 'tools', '/tools'", "/tools");
        cases.add("m.vm.provider(:stub) { |_, override| override.vm.synced_folder '.', '/vagrant' }", ON);
        assertThat(shares(cases.blocks)).isEqualTo(cases.shares);
    }

    @Test
    void aScriptAsksForTheShareByNamingIt() throws Exception {
        Cases cases = new Cases();
        cases.add("m.vm.provision :shell, inline: 'apt-get install -y make'", OFF);
        cases.add("m.vm.provision :shell, inline: 'cd /vagrant && make'", ON);
        cases.add("m.vm.provision :shell, inline: \"set -e\\nbash '/vagrant/setup.sh'\\n\"", ON);
        cases.add("m.vm.provision :shell, inline: 'ls /home/vagrant /vagrant-data ~/vagrant ${HOME}/vagrant'", OFF);
        cases.add("m.vm.provision :shell, path: 'tools/plain.sh'", OFF);
        cases.add("m.vm.provision :shell, path: 'tools/empty.sh'", OFF);
        cases.add("m.vm.provision :shell, path: 'tools/reads.sh'", ON);
        cases.add("m.vm.provision :shell, path: 'tools/plain.sh', args: ['/vagrant']", ON);
        cases.add("m.vm.provision :shell, path: 'tools/plain.sh', env: { 'CODE' => '/vagrant/src' }", ON);
        assertThat(shares(cases.blocks)).isEqualTo(cases.shares);
    }

    @Test
    void whateverOtherProvisionersAndTriggersNameCounts() throws Exception {
        Cases cases = new Cases();
        cases.add("m.vm.provision :file, source: 'deep', destination: '/tmp/deep'", ON);
        cases.add("m.vm.provision :file, source: 'tools/plain.sh', destination: '/vagrant/plain.sh'", ON);
        cases.add("m.vm.provision(:ansible_local) { |a| a.playbook = 'site.yml' }", ON);
        cases.add("m.vm.provision(:ansible) { |a| a.playbook = 'site.yml' }", ON);
        cases.add("m.vm.provision(:docker) { |d| d.build_image '/vagrant/app' }", ON);
        cases.add("m.vm.provision(:docker) { |d| d.pull_images 'debian' }", OFF);
        cases.add("m.trigger.before(:halt) { |t| t.run_remote = { inline: 'cp log /vagrant' } }", ON);
        assertThat(shares(cases.blocks)).isEqualTo(cases.shares);
    }

    @Test
    void aShareOfTheBoxIsNobodysWish() throws Exception {
        Path box = Files.createDirectories(temp.resolve("vagrant-home/boxes/lab-VAGRANTSLASH-box/0/stub"));
        Files.writeString(box.resolve("metadata.json"), "{\"provider\":\"stub\"}");
        Files.writeString(
                box.resolve("Vagrantfile"),
                "Vagrant.configure('2') do |config|\n  config.vm.synced_folder '.', '/vagrant'\nend\n");
        Cases cases = new Cases();
        cases.add("m.vm.box = 'lab/box'", OFF);
        cases.add("m.vm.box = 'lab/box'; m.vm.synced_folder '.', '/vagrant', type: 'rsync'", "/vagrant rsync");
        cases.add("m.vm.box = 'lab/box'; m.vm.provision :shell, inline: 'ls /vagrant'", ON);
        cases.add("m.vm.box = 'lab/box'; m.vm.synced_folder 'tools', '/tools'", "/tools");
        assertThat(shares(cases.blocks)).isEqualTo(cases.shares);
    }
}
