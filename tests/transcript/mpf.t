#! SPDX-License-Identifier: ISC
#! clock 2026-11-24T10:00:00Z
#! privileged
ciscoasa# test regex doggonnit d.g
INFO: Regular expression match succeeded.
ciscoasa# test regex cat [cC]at$x
INFO: Regular expression match failed.
ciscoasa# test regex x a(
ERROR: % Invalid regular expression: missing ) in regular expression
ciscoasa# conf t
ciscoasa(config)# interface gi0/0
ciscoasa(config-if)# nameif outside
INFO: Security level for "outside" set to 0 by default.
ciscoasa(config-if)# ip address 203.0.113.1 255.255.255.0
ciscoasa(config-if)# interface gi0/1
ciscoasa(config-if)# nameif inside
INFO: Security level for "inside" set to 100 by default.
ciscoasa(config-if)# ip address 192.168.1.254 255.255.255.0
ciscoasa(config-if)# regex spam "@spam\.example"
ciscoasa(config)# access-list conns extended permit tcp any host 192.168.1.1 eq smtp
ciscoasa(config)# class-map CONNS
ciscoasa(config-cmap)# match access-list conns
ciscoasa(config-cmap)# match any
ERROR: Multiple match commands are not supported except for the 'match tunnel-group or default-inspect-traffic' command.
ciscoasa(config-cmap)# class-map voice
ciscoasa(config-cmap)# match dscp ef
ciscoasa(config-cmap)# match ?

mpf-class-map mode commands/options:
  access-list                 Match an Access List
  any                         Match any packet
  default-inspection-traffic  Match default inspection traffic
  dscp                        Match IP DSCP (DiffServ CodePoints)
  flow                        Flow based Policy
  port                        Match TCP/UDP port(s)
  precedence                  Match IP precedence
  rtp                         Match RTP port numbers
  tunnel-group                Match a Tunnel Group
ciscoasa(config-cmap)# match ^C
ciscoasa(config-cmap)# tcp-map tmap
ciscoasa(config-tcp-map)# queue-limit 9
ciscoasa(config-tcp-map)# policy-map type inspect esmtp strict
ciscoasa(config-pmap)# match sender-address regex spam
ciscoasa(config-pmap-c)# reset log
ciscoasa(config-pmap-c)# policy-map type inspect http web
ciscoasa(config-pmap)# match request ?

mpf-policy-map-http mode commands/options:
  args    Arguments of the request
  body    Body of the message
  header  Header of the message
  method  Method of the request
  uri     URI
ciscoasa(config-pmap)# match request ^C
ciscoasa(config-pmap)# match request uri length gt 100
ciscoasa(config-pmap-c)# reset log
ciscoasa(config-pmap-c)# match request frob
                                       ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa(config-pmap-c)# policy-map global_policy
ciscoasa(config-pmap)# class CONNS
ciscoasa(config-pmap-c)# set connection conn-max 50
ciscoasa(config-pmap-c)# set connection embryonic-conn-max 100
ciscoasa(config-pmap-c)# set connection timeout idle 0:10:0 dcd
ciscoasa(config-pmap-c)# set connection advanced-options tmap
ciscoasa(config-pmap-c)# policy-map qos
ciscoasa(config-pmap)# class voice
ciscoasa(config-pmap-c)# priority
ciscoasa(config-pmap-c)# class CONNS
ciscoasa(config-pmap-c)# police output 56000 10500
ciscoasa(config-pmap-c)# inspect esmtp strict
ciscoasa(config-pmap-c)# service-policy qos interface outside
ciscoasa(config)# service-policy global_policy interface outside
ERROR: Policy map qos is already configured as a service policy
ciscoasa(config)# end
ciscoasa# show service-policy set connection details

Global policy: 
  Service-policy: global_policy
    Class-map: CONNS
      Set connection policy: conn-max 50 embryonic-conn-max 100 
        current embryonic conns 0, current conns 0, drop 0
      Set connection timeout policy:
        idle 0:10:00 
        DCD: enabled, retry-interval 0:00:15, max-retries 5
        DCD: client-probe 0, server-probe 0, conn-expiration 0
      Set connection advanced-options: tmap
        Retransmission drops: 0             TCP checksum drops : 0
        Exceeded MSS drops  : 0             SYN with data drops: 0
        Invalid ACK drops   : 0             SYN/ACK with data drops: 0
        Out-of-order (OoO) packets : 0      OoO no buffer drops: 0
        OoO buffer timeout drops : 0        SEQ past window drops: 0
        Reserved bit cleared: 0             Reserved bit drops : 0
        IP TTL modified     : 0             Urgent flag cleared: 0
        Window varied resets: 0
        TCP-options:
          Selective ACK cleared: 0          Timestamp cleared  : 0
          Window scale cleared : 0
          Other options cleared: 0
          Other options drops: 0

Interface outside:
  Service-policy: qos
ciscoasa# show service-policy police

Global policy: 
  Service-policy: global_policy

Interface outside:
  Service-policy: qos
    Class-map: CONNS
      police Interface outside:
        cir 56000 bps, bc 10500 bytes
        conformed 0 packets, 0 bytes; actions:  transmit
        exceeded 0 packets, 0 bytes; actions:  drop
        conformed 0 bps, exceed 0 bps
ciscoasa# show service-policy interface outside priority

Interface outside:
  Service-policy: qos
    Class-map: voice
      Priority:
        Interface outside: aggregate drop 0, aggregate transmit 0
ciscoasa# show service-policy interface outside

Interface outside:
  Service-policy: qos
    Class-map: voice
      Priority:
        Interface outside: aggregate drop 0, aggregate transmit 0
    Class-map: CONNS
      Inspect: esmtp strict, packet 0, drop 0, reset-drop 0
      police Interface outside:
        cir 56000 bps, bc 10500 bytes
        conformed 0 packets, 0 bytes; actions:  transmit
        exceeded 0 packets, 0 bytes; actions:  drop
        conformed 0 bps, exceed 0 bps
ciscoasa# show service-policy global inspect esmtp

Global policy: 
  Service-policy: global_policy
    Class-map: inspection_default
      Inspect: esmtp _default_esmtp_map, packet 0, drop 0, reset-drop 0
        mask-banner, count 0
        match cmd line length gt 512
          drop-connection log, packet 0
        match cmd RCPT count gt 100
          drop-connection log, packet 0
        match body line length gt 998
          log, packet 0
        match header line length gt 998
          drop-connection log, packet 0
        match sender-address length gt 320
          drop-connection log, packet 0
        match MIME filename length gt 255
          drop-connection log, packet 0
        match ehlo-reply-parameter others
          mask, packet 0
ciscoasa# show service-policy flow tcp host 203.0.113.9 host 192.168.1.1 eq 25

Global policy: 
  Service-policy: global_policy
    Class-map: CONNS
      Match: access-list conns
        Access rule: permit tcp any host 192.168.1.1 eq smtp
      Action:
        Input flow:  set connection conn-max 50 embryonic-conn-max 100
        Input flow:  set connection timeout idle 0:10:00 dcd 0:00:15 5
        Input flow:  set connection advanced-options tmap
    Class-map: class-default
      Match: any
      Action:

Interface outside:
  Service-policy: qos
    Class-map: CONNS
      Match: access-list conns
        Access rule: permit tcp any host 192.168.1.1 eq smtp
      Action:
        Input flow:  inspect esmtp strict
ciscoasa# show service-policy flow tcp host 192.168.1.1 host 203.0.113.9 eq smtp

Global policy: 
  Service-policy: global_policy
    Class-map: inspection_default
      Match: default-inspection-traffic
      Action:
        Input flow:  inspect esmtp _default_esmtp_map
    Class-map: class-default
      Match: any
      Action:

Interface outside:
  Service-policy: qos
ciscoasa# show service-policy flow tcp any host 192.168.1.2 eq www

Global policy: 
  Service-policy: global_policy
    Class-map: class-default
      Match: any
      Action:

Interface outside:
  Service-policy: qos
ciscoasa# show service-policy flow tcp host 203.0.113.9 frob
                                                        ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa# show running-config regex
regex spam "@spam\.example"
ciscoasa# show running-config all tcp-map tmap
tcp-map tmap
 no check-retransmission
 no checksum-verification
 exceed-mss allow
 invalid-ack drop
 queue-limit 9
 reserved-bits allow
 seq-past-window drop
 syn-data allow
 synack-data drop
 tcp-options selective-ack allow
 tcp-options timestamp allow
 tcp-options window-scale allow
 ttl-evasion-protection
 urgent-flag clear
 window-variation allow
ciscoasa# conf t
ciscoasa(config)# simulator profile asa-9.x
ciscoasa(config)# show service-policy global inspect esmtp

Global policy: 
  Service-policy: global_policy
    Class-map: inspection_default
      Inspect: esmtp _default_esmtp_map, packet 0, lock fail 0, drop 0, reset-drop 0, 5-min-pkt-rate 0 pkts/sec, v6-fail-close 0 sctp-drop-override 0
        mask-banner, count 0
        match cmd line length gt 512 
          drop-connection log, packet 0
        match cmd RCPT count gt 100 
          drop-connection log, packet 0
        match body line length gt 998 
          log, packet 0
        match header line length gt 998 
          drop-connection log, packet 0
        match sender-address length gt 320 
          drop-connection log, packet 0
        match MIME filename length gt 255 
          drop-connection log, packet 0
        match ehlo-reply-parameter others 
          mask, packet 0
ciscoasa(config)# show service-policy police

Global policy: 
  Service-policy: global_policy

Interface outside:
  Service-policy: qos
    Class-map: CONNS
      Output police Interface outside:
        cir 56000 bps, bc 10500 bytes
        conformed 0 packets, 0 bytes; actions:  transmit
        exceeded 0 packets, 0 bytes; actions:  drop
        conformed 0 bps, exceed 0 bps
ciscoasa(config)# simulator profile pix-6.3
ciscoasa(config)# no fixup protocol smtp 25
INFO: converting 'no fixup protocol smtp 25' to MPF commands
ciscoasa(config)# fixup protocol smtp 2525
INFO: converting 'fixup protocol smtp 2525' to MPF commands
ciscoasa(config)# show fixup
fixup protocol dns maximum-length 512
fixup protocol ftp 21
fixup protocol h323 h225 1720
fixup protocol h323 ras 1718-1719
fixup protocol http 80
fixup protocol rsh 514
fixup protocol rtsp 554
fixup protocol sip 5060
fixup protocol sip udp 5060
fixup protocol skinny 2000
no fixup protocol smtp 25
fixup protocol smtp 2525
fixup protocol sqlnet 1521
fixup protocol tftp 69
ciscoasa(config)# clear configure regex
WARNING: regex spam is being used and stays
ciscoasa(config)# clear configure tcp-map
WARNING: tcp-map tmap is being used and stays
ciscoasa(config)# clear configure service-policy
ciscoasa(config)# show service-policy
ciscoasa(config)# no class-map voice
ERROR: % class-map voice is being used
ciscoasa(config)# end
ciscoasa# clear service-policy interface outside
