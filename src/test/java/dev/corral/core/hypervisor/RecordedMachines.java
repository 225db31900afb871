package dev.corral.core.hypervisor;

import java.util.function.IntFunction;

/**
 * Makes up the answers of a machine with many domains, in the form and of the size in which vagrant-libvirt's domains are told:
 * for measuring how quickly they are read.
 */
public final class RecordedMachines {
    private static final String POOL = "96849b69-fe64-4df3-a5e0-d766448d231b";
    private static final String NETWORK = "4ff8917e-af27-44ef-a0cf-76af5f9e66c1";
    /** Where the volumes are said to be: nowhere, so that whoever watches it hears nothing of real ones. */
    public static final String IMAGES = "/nowhere/libvirt/images/";

    private static final String BOX = "corral-VAGRANTSLASH-debian_vagrant_box_image_20261125.230630_box.img";

    private RecordedMachines() {}

    /**
     * Answers of the system's libvirt.
     *
     * @param domains   how many domains; the n-th is made from {@code <cache>/<name>/Vagrantfile}, every tenth has a snapshot
     * @param leftovers how many volumes beside those of the domains and the box
     * @param cache     the cache directory
     * @param names     names of the sandboxes' directories, from 0 on
     */
    public static RecordedTools libvirt(int domains, int leftovers, String cache, IntFunction<String> names) {
        String uri = "qemu:///system";
        RecordedTools tools = new RecordedTools();
        StringBuilder all = new StringBuilder();
        StringBuilder running = new StringBuilder();
        StringBuilder off = new StringBuilder();
        StringBuilder kept = new StringBuilder();
        StringBuilder volumes = new StringBuilder();
        volume(tools, uri, volumes, BOX, 93_978_624, "");
        for (int i = 0; i < domains; i++) {
            String uuid = uuid(i);
            String name = names.apply(i) + "_default";
            all.append(uuid).append('\n');
            (i % 2 == 0 ? running : off).append(uuid).append('\n');
            if (i % 10 == 0) {
                kept.append(uuid).append('\n');
                tools.libvirt(uri, "snapshot-list " + uuid + " --name", "clean\n\n");
            }
            tools.libvirt(
                    uri,
                    "dumpxml " + uuid,
                    domain(i, uuid, name, cache + "/" + names.apply(i) + "/Vagrantfile", i % 2 == 0));
            volume(tools, uri, volumes, name + ".img", 655_360L + 4096 * i, BOX);
        }
        for (int i = 0; i < leftovers; i++) {
            volume(tools, uri, volumes, "left-" + i + "_default.img", 196_608, BOX);
        }
        return tools.libvirt(uri, "list --all --uuid", all + "\n")
                .libvirt(uri, "list --all --persistent --uuid", all + "\n")
                .libvirt(uri, "list --uuid --state-running", running + "\n")
                .libvirt(uri, "list --uuid --state-paused", "\n")
                .libvirt(uri, "list --all --uuid --state-shutoff", off + "\n")
                .libvirt(uri, "list --all --uuid --with-snapshot", kept + "\n")
                .libvirt(uri, "list --all --uuid --with-managed-save", "\n")
                .libvirt(uri, "pool-list --uuid", POOL + "\n\n")
                .libvirt(uri, "net-list --all --uuid", NETWORK + "\n\n")
                .libvirt(uri, "net-list --uuid", NETWORK + "\n\n")
                .libvirt(uri, "vol-list " + POOL, volumes + "\n")
                .libvirt(
                        uri,
                        "pool-dumpxml " + POOL,
                        "<pool type='dir'>\n  <name>default</name>\n  <uuid>" + POOL
                                + "</uuid>\n  <source>\n  </source>\n  <target>\n    <path>"
                                + IMAGES.substring(0, IMAGES.length() - 1) + "</path>\n  </target>\n</pool>\n")
                .libvirt(
                        uri,
                        "net-dumpxml " + NETWORK,
                        "<network connections='1' ipv6='yes'>\n  <name>vagrant-libvirt</name>\n  <uuid>" + NETWORK
                                + "</uuid>\n  <forward mode='nat'/>\n  <bridge name='virbr1' stp='on' delay='0'/>\n</network>\n");
    }

    /** The uuid of the n-th domain. */
    public static String uuid(int n) {
        return String.format("06c1a1c1-95f2-4a3e-a8b5-%012x", n);
    }

    private static void volume(
            RecordedTools tools, String uri, StringBuilder listing, String name, long bytes, String backing) {
        listing.append(' ')
                .append(name)
                .append("   ")
                .append(IMAGES)
                .append(name)
                .append('\n');
        tools.libvirt(uri, "vol-dumpxml --vol " + IMAGES + name, """
                <volume type='file'>
                  <name>%s</name>
                  <key>%s%s</key>
                  <capacity unit='bytes'>4294967296</capacity>
                  <allocation unit='bytes'>%d</allocation>
                  <physical unit='bytes'>%d</physical>
                  <target>
                    <path>%s%s</path>
                    <format type='qcow2'/>
                    <permissions>
                      <mode>0600</mode>
                      <owner>64055</owner>
                      <group>64055</group>
                    </permissions>
                    <timestamps>
                      <atime>1795648091.795919940</atime>
                      <mtime>1795648091.423919949</mtime>
                      <ctime>1795648091.767213266</ctime>
                      <btime>0</btime>
                    </timestamps>
                    <compat>1.1</compat>
                    <clusterSize unit='B'>65536</clusterSize>
                    <features/>
                  </target>
                %s</volume>
                """.formatted(
                        name,
                        IMAGES,
                        name,
                        bytes,
                        bytes,
                        IMAGES,
                        name,
                        backing.isEmpty() ? "" : """
                  <backingStore>
                    <path>%s%s</path>
                    <format type='qcow2'/>
                    <permissions>
                      <mode>0744</mode>
                      <owner>64055</owner>
                      <group>64055</group>
                    </permissions>
                    <timestamps>
                      <mtime>1795648091.423919949</mtime>
                    </timestamps>
                  </backingStore>
                """.formatted(IMAGES, backing)));
    }

    private static String domain(int number, String uuid, String name, String vagrantfile, boolean running) {
        String chain = running
                ? "<backingStore type='file' index='3'>\n        <format type='qcow2'/>\n        <source file='"
                        + IMAGES + BOX + "'/>\n        <backingStore/>\n      </backingStore>\n      "
                : "";
        return """
                <domain type='qemu'%s>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <description>Source: %s</description>
                  <memory unit='KiB'>524288</memory>
                  <currentMemory unit='KiB'>524288</currentMemory>
                  <vcpu placement='static'>1</vcpu>
                  <os>
                    <type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type>
                    <kernel>/var/lib/libvirt/images/vmlinuz</kernel>
                    <initrd>/var/lib/libvirt/images/initrd.img</initrd>
                    <cmdline>root=/dev/vda rw console=ttyS0 quiet net.ifnames=0 mitigations=off</cmdline>
                    <boot dev='hd'/>
                  </os>
                  <features>
                    <acpi/>
                    <apic/>
                    <pae/>
                  </features>
                  <cpu mode='custom' match='exact' check='full'>
                    <model fallback='forbid'>qemu64</model>
                    <feature policy='require' name='x2apic'/>
                    <feature policy='require' name='hypervisor'/>
                    <feature policy='require' name='lahf_lm'/>
                    <feature policy='disable' name='svm'/>
                  </cpu>
                  <clock offset='utc'/>
                  <on_poweroff>destroy</on_poweroff>
                  <on_reboot>restart</on_reboot>
                  <on_crash>destroy</on_crash>
                  <devices>
                    <emulator>/usr/bin/qemu-system-x86_64</emulator>
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='qcow2'/>
                      <source file='%s%s.img' index='1'/>
                      %s<target dev='vda' bus='virtio'/>
                      <alias name='ua-box-volume-0'/>
                      <address type='pci' domain='0x0000' bus='0x00' slot='0x03' function='0x0'/>
                    </disk>
                    <controller type='usb' index='0' model='piix3-uhci'>
                      <alias name='usb'/>
                      <address type='pci' domain='0x0000' bus='0x00' slot='0x01' function='0x2'/>
                    </controller>
                    <controller type='pci' index='0' model='pci-root'>
                      <alias name='pci.0'/>
                    </controller>
                    <interface type='network'>
                      <mac address='52:54:00:%02x:%02x:de'/>
                      <source network='vagrant-libvirt' portid='55bd6f7f-e3f2-4e08-9ea3-5d4a7fbeaf7b' bridge='virbr1'/>
                      <target dev='vnet%d'/>
                      <model type='virtio'/>
                      <driver iommu='off'/>
                      <alias name='ua-net-0'/>
                      <address type='pci' domain='0x0000' bus='0x00' slot='0x05' function='0x0'/>
                    </interface>
                    <serial type='pty'>
                      <source path='/dev/pts/3'/>
                      <target type='isa-serial' port='0'>
                        <model name='isa-serial'/>
                      </target>
                      <alias name='serial0'/>
                    </serial>
                    <console type='pty' tty='/dev/pts/3'>
                      <source path='/dev/pts/3'/>
                      <target type='serial' port='0'/>
                      <alias name='serial0'/>
                    </console>
                    <input type='mouse' bus='ps2'>
                      <alias name='input0'/>
                    </input>
                    <graphics type='vnc' port='5900' autoport='yes' listen='127.0.0.1' keymap='en-us'>
                      <listen type='address' address='127.0.0.1'/>
                    </graphics>
                    <audio id='1' type='none'/>
                    <video>
                      <model type='cirrus' vram='16384' heads='1' primary='yes'/>
                      <alias name='video0'/>
                      <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
                    </video>
                    <memballoon model='virtio'>
                      <alias name='balloon0'/>
                      <address type='pci' domain='0x0000' bus='0x00' slot='0x04' function='0x0'/>
                    </memballoon>
                  </devices>
                  <seclabel type='dynamic' model='dac' relabel='yes'>
                    <label>+64055:+64055</label>
                    <imagelabel>+64055:+64055</imagelabel>
                  </seclabel>
                </domain>
                """.formatted(
                        running ? " id='" + number + "'" : "",
                        name,
                        uuid,
                        vagrantfile,
                        IMAGES,
                        name,
                        chain,
                        number / 256,
                        number % 256,
                        number);
    }
}
