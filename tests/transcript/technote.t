#! SPDX-License-Identifier: ISC
#! privileged
ciscoasa# show service-policy inspect esmtp

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
ciscoasa# show service-policy

Global policy: 
  Service-policy: global_policy
    Class-map: inspection_default
      Inspect: dns preset_dns_map, packet 0, drop 0, reset-drop 0
      Inspect: ftp, packet 0, drop 0, reset-drop 0
      Inspect: h323 h225 _default_h323_map, packet 0, drop 0, reset-drop 0
               tcp-proxy: bytes in buffer 0, bytes dropped 0
      Inspect: h323 ras _default_h323_map, packet 0, drop 0, reset-drop 0
      Inspect: rsh, packet 0, drop 0, reset-drop 0
      Inspect: rtsp, packet 0, drop 0, reset-drop 0
               tcp-proxy: bytes in buffer 0, bytes dropped 0
      Inspect: esmtp _default_esmtp_map, packet 0, drop 0, reset-drop 0
      Inspect: sqlnet, packet 0, drop 0, reset-drop 0
      Inspect: skinny , packet 0, drop 0, reset-drop 0
               tcp-proxy: bytes in buffer 0, bytes dropped 0
      Inspect: sunrpc, packet 0, drop 0, reset-drop 0
               tcp-proxy: bytes in buffer 0, bytes dropped 0
      Inspect: xdmcp, packet 0, drop 0, reset-drop 0
      Inspect: sip , packet 0, drop 0, reset-drop 0
               tcp-proxy: bytes in buffer 0, bytes dropped 0
      Inspect: netbios, packet 0, drop 0, reset-drop 0
      Inspect: tftp, packet 0, drop 0, reset-drop 0
      Inspect: ip-options _default_ip_options_map, packet 0, drop 0, reset-drop 0
ciscoasa# configure terminal
ciscoasa(config)# access-list ironport_esa_internal extended permit ip any 192.168.1.1
WARNING: an address without a mask needs the word host; taken as: access-list ironport_esa_internal extended permit ip any host 192.168.1.1
ciscoasa(config)# access-list ironport_esa_internal extended permit ip 192.168.1.1 any
WARNING: an address without a mask needs the word host; taken as: access-list ironport_esa_internal extended permit ip host 192.168.1.1 any
ciscoasa(config)# class-map ironport_esa
ciscoasa(config-cmap)# match address ironport_esa_internal
WARNING: there is no `match address`; taken as: match access-list ironport_esa_internal
ciscoasa(config-cmap)# policy-map global_policy
ciscoasa(config-pmap)# class ironport_esa
ciscoasa(config-pmap-c)# no inspect esmtp
WARNING: class ironport_esa exempts its traffic from inspect esmtp. A device that follows the feature-matching rules may still inspect it in class inspection_default; see 'simulator exemption'.
ciscoasa(config-pmap-c)# end
ciscoasa# show run access-list
access-list ironport_esa_internal extended permit ip any host 192.168.1.1 
access-list ironport_esa_internal extended permit ip host 192.168.1.1 any 
ciscoasa# show run class-map
!
class-map inspection_default
 match default-inspection-traffic
class-map ironport_esa
 match access-list ironport_esa_internal
!
ciscoasa# show service-policy | begin tftp
      Inspect: tftp, packet 0, drop 0, reset-drop 0
      Inspect: ip-options _default_ip_options_map, packet 0, drop 0, reset-drop 0
    Class-map: ironport_esa
ciscoasa# show service-policy inspect esmtp | include Class-map
    Class-map: inspection_default
