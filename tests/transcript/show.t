#! SPDX-License-Identifier: ISC
#! clock 2026-11-24T10:00:00Z
#! privileged
ciscoasa# show clock
10:00:00.000 UTC Tue Nov 24 2026
ciscoasa# show version | include Version|up |Hardware|Serial|image
asasim Security Appliance Simulator Software Version 8.2(1) 
System image file is "disk0:/asasim"
ciscoasa up 0 mins 0 secs
Hardware:   asasim, 64 MB RAM, CPU simulated
Serial Number: SIM0000000
ciscoasa# show version | include Configuration
Configuration has not been modified since last system restart.
ciscoasa# show firewall
Firewall mode: Router
ciscoasa# show logging
Syslog logging: disabled
    Facility: 20
    Timestamp logging: disabled
    Standby logging: disabled
    Debug-trace logging: disabled
    Console logging: disabled
    Monitor logging: disabled
    Buffer logging: disabled
    Trap logging: disabled
    Permit-hostdown logging: disabled
    History logging: disabled
    Device ID: disabled
    Mail logging: disabled
    ASDM logging: disabled
ciscoasa# show conn
0 in use, 0 most used
ciscoasa# show conn count
0 in use, 0 most used
ciscoasa# show xlate
0 in use, 0 most used
ciscoasa# show asp drop

Frame drop:

Last clearing: Never

Flow drop:

Last clearing: Never
ciscoasa# show access-list
access-list cached ACL log flows: total 0, denied 0 (deny-flow-max 4096)
            alert-interval 300
ciscoasa# show access-list nope
ERROR: access-list <nope> does not exist
ciscoasa# conf t
ciscoasa(config)# interface gi0/0
ciscoasa(config-if)# nameif outside
INFO: Security level for "outside" set to 0 by default.
ciscoasa(config-if)# ip address 203.0.113.1 255.255.255.0
ciscoasa(config-if)# no shutdown
ciscoasa(config-if)# interface gi 0/1
ciscoasa(config-if)# nameif inside
INFO: Security level for "inside" set to 100 by default.
ciscoasa(config-if)# ip address 192.168.1.254 255.255.255.0
ciscoasa(config-if)# interface GigabitEthernet0/2
ciscoasa(config-if)# shutdown
ciscoasa(config-if)# route outside 0 0 203.0.113.254
ciscoasa(config)# static (inside,outside) 1.1.1.1 192.168.1.1 netmask 255.255.255.255 tcp 50 100
ciscoasa(config)# access-list out extended permit tcp any host 1.1.1.1 eq 25
ciscoasa(config)# access-list out remark the rest
ciscoasa(config)# access-list out extended deny ip any any log
ciscoasa(config)# end
ciscoasa# show interface ip brief
Interface                  IP-Address      OK? Method Status                Protocol
GigabitEthernet0/0         203.0.113.1     YES CONFIG up                    up  
GigabitEthernet0/1         192.168.1.254   YES CONFIG up                    up  
GigabitEthernet0/2         unassigned      YES unset  administratively down down
ciscoasa# sh nameif
Interface                Name                     Security
GigabitEthernet0/0       outside                    0
GigabitEthernet0/1       inside                   100
ciscoasa# show ip address
System IP Addresses:
Interface                Name                   IP address      Subnet mask     Method 
GigabitEthernet0/0       outside                203.0.113.1     255.255.255.0   CONFIG
GigabitEthernet0/1       inside                 192.168.1.254   255.255.255.0   CONFIG
Current IP Addresses:
Interface                Name                   IP address      Subnet mask     Method 
GigabitEthernet0/0       outside                203.0.113.1     255.255.255.0   CONFIG
GigabitEthernet0/1       inside                 192.168.1.254   255.255.255.0   CONFIG
ciscoasa# show route | begin Gateway
Gateway of last resort is 203.0.113.254 to network 0.0.0.0

S*   0.0.0.0 0.0.0.0 [1/0] via 203.0.113.254, outside
C    203.0.113.0 255.255.255.0 is directly connected, outside
C    192.168.1.0 255.255.255.0 is directly connected, inside
ciscoasa# show xlate
1 in use, 1 most used
Global 1.1.1.1 Local 192.168.1.1
ciscoasa# show access-list out | include elements|remark
access-list out; 2 elements
access-list out line 2 remark the rest
ciscoasa# show access-list out | count line 1 extended permit tcp any host 1\.1\.1\.1 eq smtp \(hitcnt=0\) 0x[0-9a-f]{8} $
Number of lines which match regexp = 1
ciscoasa# show access-list out | count line 3 extended deny ip any any log informational interval 300 \(hitcnt=0\) 0x[0-9a-f]{8} $
Number of lines which match regexp = 1
ciscoasa# show run static
static (inside,outside) 1.1.1.1 192.168.1.1 netmask 255.255.255.255 tcp 50 100 
ciscoasa# clear conn
0 connection(s) deleted.
ciscoasa# clear access-list out counters
ciscoasa# clear access-list nope counters
ERROR: access-list <nope> does not exist
ciscoasa# clear service-policy interface nowhere
                                         ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa# clear asp drop
ciscoasa# show asp drop frame

Frame drop:

Last clearing: 10:00:00.000 UTC Tue Nov 24 2026 by enable_15
