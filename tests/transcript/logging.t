#! SPDX-License-Identifier: ISC
#! clock 2026-11-24T10:00:00Z
#! privileged
ciscoasa# conf t
ciscoasa(config)# logging ?

configure mode commands/options:
  asdm                      Set ASDM logging level or list (kept, not simulated)
  asdm-buffer-size          Messages that ASDM may fetch (kept, not simulated)
  buffer-size               Specify logging memory buffer size
  buffered                  Set buffer logging level or list
  class                     Levels for the messages of a class
  console                   Set console logging level or list
  debug-trace               Debug output as log messages (kept, not simulated)
  device-id                 Name the device in each message that is not in
                            EMBLEM format
  emblem                    EMBLEM format for all locations but syslog servers
  enable                    Enable logging to all output locations
  facility                  Facility of messages to syslog servers
  flash-bufferwrap          Save to flash
  flash-maximum-allocation  Room in flash
  flash-minimum-free        Room in flash
  flow-export-syslogs       Messages of flow export
  from-address              Sender of mail
  ftp-bufferwrap            Save to an FTP server
  ftp-server                FTP server
  hide                      Hide data in log messages
  history                   Set SNMP message level or list (kept, not simulated)
  host                      Syslog server; see also simulator logging-host
  list                      List of messages, for destinations
  mail                      Set mail logging level or list (kept, not simulated)
  message                   Switch a message on, or change its level
  monitor                   Set terminal line (monitor) logging level or list
  permit-hostdown           New connections also when a TCP syslog server is
                            down
  queue                     Messages that may wait for a syslog server
  rate-limit                Limit how often messages are generated
  recipient-address         Recipient of mail
  savelog                   Save the buffer
  standby                   Enable logging on the standby unit (kept, not
                            simulated)
  timestamp                 Enable logging timestamp on log messages
  trap                      Set syslog server logging level or list
ciscoasa(config)# logging buffered ?

configure mode commands/options:
  <0-7>          Severity
  WORD           Name of a list
  alerts         Immediate action needed           (severity=1)
  critical       Critical conditions               (severity=2)
  debugging      Debugging messages                (severity=7)
  emergencies    System is unusable                (severity=0)
  errors         Error conditions                  (severity=3)
  informational  Informational messages            (severity=6)
  notifications  Normal but significant conditions (severity=5)
  warnings       Warning conditions                (severity=4)
ciscoasa(config)# logging buffered unknown
                                   ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa(config)# logging buf 4
ERROR: % Ambiguous command:  "logging buf 4"
ciscoasa(config)# logging list mail message 108001-108007
ciscoasa(config)# logging list mail message 507003
ciscoasa(config)# logging buffered mail
ciscoasa(config)# logging monitor inf
ciscoasa(config)# logging trap warnings
ciscoasa(config)# logging host inside 192.0.2.1
ciscoasa(config)# logging host inside 192.0.2.2 tcp/1470
ciscoasa(config)# logging message 108004 level alerts
ciscoasa(config)# no logging message 302014
ciscoasa(config)# show running-config logging
logging list mail message 108001-108007
logging list mail message 507003
logging monitor informational
logging buffered mail
logging trap warnings
logging host inside 192.0.2.1
logging host inside 192.0.2.2 6/1470
no logging message 302014
logging message 108004 level alerts
ciscoasa(config)# simulator replay testdata/pcap/longheader-outside.pcap
INFO: no interface is configured: every packet is taken as permitted between two interfaces, so that a bare capture can be inspected
testdata/pcap/longheader-outside.pcap: 23 packets, 14 forwarded, 9 dropped
ciscoasa(config)# show logging setting
Syslog logging: disabled
    Facility: 20
    Timestamp logging: disabled
    Standby logging: disabled
    Debug-trace logging: disabled
    Console logging: disabled
    Monitor logging: level informational, 0 messages logged
    Buffer logging: list mail, 0 messages logged
    Trap logging: level warnings, facility 20, 0 messages logged
        Logging to inside 192.0.2.1, UDP TX:0 errors: 0  dropped: 0
            not sent: simulator logging-host keep
        Logging to inside 192.0.2.2 tcp/1470 Not connected, TCP TX:0 errors: 0  dropped: 0
            not sent: simulator logging-host keep
    Permit-hostdown logging: disabled
    History logging: disabled
    Device ID: disabled
    Mail logging: disabled
    ASDM logging: disabled
ciscoasa(config)# logging enable
ciscoasa(config)# logging timestamp
ciscoasa(config)# logging device-id hostname
ciscoasa(config)# terminal monitor
ciscoasa(config)# simulator replay testdata/pcap/longheader-outside.pcap
Nov 24 2026 03:07:17 ciscoasa : %ASA-6-302013: Built inbound TCP connection 2 for outside:203.0.113.9/42974 (203.0.113.9/42974) to inside:1.1.1.1/25 (1.1.1.1/25)
Nov 24 2026 03:07:17 ciscoasa : %ASA-1-108004: ESMTP Classification: Dropped connection for ESMTP Request from outside:203.0.113.9/42974 to inside:1.1.1.1/25; matched Class 4: header line length gt 998
Nov 24 2026 03:07:17 ciscoasa : %ASA-4-507003: tcp flow from outside:203.0.113.9/42974 to inside:1.1.1.1/25 terminated by inspection engine, reason - inspector disconnected, dropped packet.
testdata/pcap/longheader-outside.pcap: 23 packets, 14 forwarded, 9 dropped
ciscoasa(config)# terminal no monitor
ciscoasa(config)# no logging device-id
ciscoasa(config)# logging console alerts
ciscoasa(config)# simulator replay testdata/pcap/longheader-outside.pcap
Nov 24 2026 03:07:17: %ASA-1-108004: ESMTP Classification: Dropped connection for ESMTP Request from outside:203.0.113.9/42974 to inside:1.1.1.1/25; matched Class 4: header line length gt 998
testdata/pcap/longheader-outside.pcap: 23 packets, 14 forwarded, 9 dropped
ciscoasa(config)# end
ciscoasa# show logging
Syslog logging: enabled
    Facility: 20
    Timestamp logging: enabled
    Standby logging: disabled
    Debug-trace logging: disabled
    Console logging: level alerts, 1 messages logged
    Monitor logging: level informational, 6 messages logged
    Buffer logging: list mail, 4 messages logged
    Trap logging: level warnings, facility 20, 4 messages logged
        Logging to inside 192.0.2.1, UDP TX:0 errors: 0  dropped: 0
            not sent: simulator logging-host keep
        Logging to inside 192.0.2.2 tcp/1470 Not connected, TCP TX:0 errors: 0  dropped: 0
            not sent: simulator logging-host keep
    Permit-hostdown logging: disabled
    History logging: disabled
    Device ID: disabled
    Mail logging: disabled
    ASDM logging: disabled
Nov 24 2026 03:07:17 ciscoasa : %ASA-1-108004: ESMTP Classification: Dropped connection for ESMTP Request from outside:203.0.113.9/42974 to inside:1.1.1.1/25; matched Class 4: header line length gt 998
Nov 24 2026 03:07:17 ciscoasa : %ASA-4-507003: tcp flow from outside:203.0.113.9/42974 to inside:1.1.1.1/25 terminated by inspection engine, reason - inspector disconnected, dropped packet.
Nov 24 2026 03:07:17: %ASA-1-108004: ESMTP Classification: Dropped connection for ESMTP Request from outside:203.0.113.9/42974 to inside:1.1.1.1/25; matched Class 4: header line length gt 998
Nov 24 2026 03:07:17: %ASA-4-507003: tcp flow from outside:203.0.113.9/42974 to inside:1.1.1.1/25 terminated by inspection engine, reason - inspector disconnected, dropped packet.
ciscoasa# show logging message
syslog 108004: default-level warnings, current-level alerts (enabled)
syslog 302014: default-level informational (disabled)
ciscoasa# show logging message 302013
syslog 302013: default-level informational (enabled)
ciscoasa# show logging message 302014
syslog 302014: default-level informational (disabled)
ciscoasa# show logging message 999999
ERROR: asasim has no message 999999
ciscoasa# show logging message all | include 108
syslog 108002: default-level critical (enabled)
syslog 108003: default-level critical (enabled)
syslog 108004: default-level warnings, current-level alerts (enabled)
syslog 108005: default-level informational (enabled)
syslog 108006: default-level debugging (enabled)
syslog 108007: default-level informational (enabled)
ciscoasa# show logging queue

    Logging Queue length limit : 512 msg(s)
    0 msg(s) discarded due to queue overflow
    0 msg(s) discarded due to memory allocation failure
    Current 0 msg on queue, 0 msgs most on queue
ciscoasa# clear logging buffer
ciscoasa# show logging | include %
ciscoasa# conf t
ciscoasa(config)# simulator profile asa-9.x
ciscoasa(config)# logging hide username
ciscoasa(config)# logging device-id string gate
ciscoasa(config)# logging class vpn buffered errors
ciscoasa(config)# show logging
Syslog logging: enabled
    Facility: 20
    Timestamp logging: enabled
    Hide Username logging: enabled
    Standby logging: disabled
    Debug-trace logging: disabled
    Console logging: level alerts, 1 messages logged
    Monitor logging: level informational, 6 messages logged
    Buffer logging: list mail, class vpn errors, 4 messages logged
    Trap logging: level warnings, facility 20, 4 messages logged
        Logging to inside 192.0.2.1, UDP TX:0 errors: 0  dropped: 0
            not sent: simulator logging-host keep
        Logging to inside 192.0.2.2 tcp/1470 Not connected, TCP TX:0 errors: 0  dropped: 0
            not sent: simulator logging-host keep
    Global TCP syslog stats::
        NOT_PUTABLE: 0, ALL_CHANNEL_DOWN: 0
        CHANNEL_FLAP_CNT: 0, SYSLOG_PKT_LOSS: 0
        PARTIAL_REWRITE_CNT: 0
    Permit-hostdown logging: disabled
    History logging: disabled
    Device ID: string "gate"
    Mail logging: disabled
    ASDM logging: disabled
ciscoasa(config)# clear configure logging
ciscoasa(config)# show running-config logging
ciscoasa(config)# show running-config all logging
no logging enable
no logging timestamp
no logging standby
no logging emblem
logging buffer-size 4096
logging asdm-buffer-size 100
no logging console
no logging monitor
no logging buffered
no logging trap
no logging history
no logging asdm
no logging mail
logging facility 20
logging queue 512
no logging device-id
no logging debug-trace
no logging permit-hostdown
