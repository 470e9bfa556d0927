#! SPDX-License-Identifier: ISC
#! clock 2026-11-24T10:00:00Z
#! privileged
ciscoasa# simulator show replay
No capture has been replayed
ciscoasa# simulator show import
0 lines kept, not simulated; 0 may change verdicts
ciscoasa# conf t
ciscoasa(config)# logging enable
ciscoasa(config)# logging timestamp
ciscoasa(config)# logging buffered warnings
ciscoasa(config)# simulator replay testdata/pcap/longheader-outside.pcap
INFO: no interface is configured: every packet is taken as permitted between two interfaces, so that a bare capture can be inspected
testdata/pcap/longheader-outside.pcap: 23 packets, 14 forwarded, 9 dropped
ciscoasa(config)# simulator replay testdata/pcap/longheader-outside.pcap
testdata/pcap/longheader-outside.pcap: 23 packets, 14 forwarded, 9 dropped
ciscoasa(config)# end
ciscoasa# show service-policy inspect esmtp detail | include mask|packet [1-9]|first
      Inspect: esmtp _default_esmtp_map, packet 20, drop 0, reset-drop 0
        mask-banner, count 2
          drop-connection log, packet 2
          mask, packet 6
ciscoasa# show service-policy interface outside
                                        ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa# show service-policy inspect ftp

Global policy: 
  Service-policy: global_policy
    Class-map: inspection_default
      Inspect: ftp, packet 0, drop 0, reset-drop 0
ciscoasa# show service-policy global inspect http

Global policy: 
  Service-policy: global_policy
ciscoasa# show service-policy inspect h323 | include Inspect
      Inspect: h323 h225 _default_h323_map, packet 0, drop 0, reset-drop 0
      Inspect: h323 ras _default_h323_map, packet 0, drop 0, reset-drop 0
ciscoasa# show service-policy inspect h323 ras | include Inspect
      Inspect: h323 ras _default_h323_map, packet 0, drop 0, reset-drop 0
ciscoasa# show conn
0 in use, 1 most used
ciscoasa# show asp drop

Frame drop:
  Dropped by an inspection (sim-inspect-drop)                                  2
  Connection was closed by an inspection (sim-inspect-closed)                 16

Last clearing: Never

Flow drop:
  Inspection failure (inspect-fail)                                            2

Last clearing: Never
ciscoasa# show logging | include Buffer|%
    Buffer logging: level warnings, 4 messages logged
Nov 24 2026 03:07:17: %ASA-4-108004: ESMTP Classification: Dropped connection for ESMTP Request from outside:203.0.113.9/42974 to inside:1.1.1.1/25; matched Class 4: header line length gt 998
Nov 24 2026 03:07:17: %ASA-4-507003: tcp flow from outside:203.0.113.9/42974 to inside:1.1.1.1/25 terminated by inspection engine, reason - inspector disconnected, dropped packet.
Nov 24 2026 03:07:17: %ASA-4-108004: ESMTP Classification: Dropped connection for ESMTP Request from outside:203.0.113.9/42974 to inside:1.1.1.1/25; matched Class 4: header line length gt 998
Nov 24 2026 03:07:17: %ASA-4-507003: tcp flow from outside:203.0.113.9/42974 to inside:1.1.1.1/25 terminated by inspection engine, reason - inspector disconnected, dropped packet.
ciscoasa# show clock
03:07:17.507 UTC Tue Nov 24 2026
ciscoasa# clear service-policy
ciscoasa# clear logging buffer
ciscoasa# clear asp drop
ciscoasa# show service-policy inspect esmtp | include Inspect|banner
      Inspect: esmtp _default_esmtp_map, packet 0, drop 0, reset-drop 0
        mask-banner, count 0
ciscoasa# show logging | include %
ciscoasa# show asp drop frame

Frame drop:

Last clearing: 03:07:17.507 UTC Tue Nov 24 2026 by enable_15
ciscoasa# simulator replay testdata/pcap/nothing-here.pcap
ERROR: % testdata/pcap/nothing-here.pcap: No such file or directory
ciscoasa# conf t
ciscoasa(config)# simulator profile asa-9.x
ciscoasa(config)# show service-policy inspect esmtp | include header|Inspect
      Inspect: esmtp _default_esmtp_map, packet 0, lock fail 0, drop 0, reset-drop 0, 5-min-pkt-rate 0 pkts/sec, v6-fail-close 0 sctp-drop-override 0
        match header line length gt 998 
ciscoasa(config)# simulator profile pix-6.3
ciscoasa(config)# simulator replay testdata/pcap/longheader-outside.pcap
testdata/pcap/longheader-outside.pcap: 23 packets, 23 forwarded, 0 dropped
ciscoasa(config)# no simulator profile
ciscoasa(config)# end
ciscoasa# reload noconfirm
Type help or '?' for a list of available commands.
ciscoasa> enable
Password: 
ciscoasa# show service-policy inspect esmtp | include Inspect
      Inspect: esmtp _default_esmtp_map, packet 0, drop 0, reset-drop 0
