#! SPDX-License-Identifier: ISC
#! clock 2026-11-24T10:00:00Z
#! privileged
ciscoasa# show startup-config
No Configuration
ciscoasa# conf t
ciscoasa(config)# hostname fw
fw(config)# end
fw# reload
System config has been modified. Save? [Y]es/[N]o:  n
Proceed with reload? [confirm]n
fw# more disk0:/nothing
ERROR: % Error opening disk0:/nothing (No such file or directory)
fw# more disk0:/../../etc/passwd
ERROR: % Error opening disk0:/../../etc/passwd (No such file or directory)
fw# reload noconfirm
Type help or '?' for a list of available commands.
ciscoasa> show hostname
                ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa> enable
Password: 
ciscoasa# conf t
ciscoasa(config)# hostname fw
fw(config)# end
fw# write erase
Erase configuration in flash memory? [confirm]
[OK]
fw# show startup-config
No Configuration
