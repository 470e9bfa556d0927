#! SPDX-License-Identifier: ISC
#! password wrong
ciscoasa> show running-config
               ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa> enable
Password: 
ciscoasa# disable
ciscoasa> en
Password: *
Invalid password
Password: 
ciscoasa# 
ciscoasa# ! a comment
ciscoasa# : another
ciscoasa# frobnicate
          ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa# configure
ERROR: % Incomplete command
ciscoasa# sh a
ERROR: % Ambiguous command:  "sh a"
ciscoasa# show clock bogus
                     ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa# conf t
ciscoasa(config)# hostname fw-01
fw-01(config)# interface GigabitEthernet0/0
fw-01(config-if)# show mode
Security context mode: single 
fw-01(config-if)# nameif outside
INFO: Security level for "outside" set to 0 by default.
fw-01(config-if)# exit
fw-01(config)# policy-map global_policy
fw-01(config-pmap)# class inspection_default
fw-01(config-pmap-c)# interface GigabitEthernet0/1
fw-01(config-if)# end
fw-01# conf t
fw-01(config)# class-map X
fw-01(config-cmap)# match^C
fw-01(config-cmap)# no such line here^Z
fw-01# conf t
fw-01(config)# quit
fw-01# show curpriv
Username : enable_15
Current privilege level : 15
Current Mode/s : P_PRIV
fw-01# show history
  show running-config
  enable
  disable
  en
  ! a comment
  : another
  frobnicate
  configure
  sh a
  show clock bogus
  conf t
  hostname fw-01
  interface GigabitEthernet0/0
  show mode
  nameif outside
  exit
  policy-map global_policy
  class inspection_default
  interface GigabitEthernet0/1
  end
  conf t
  class-map X
  conf t
  quit
  show curpriv
  show history
fw-01# logout

Logoff

