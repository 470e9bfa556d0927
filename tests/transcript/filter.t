#! SPDX-License-Identifier: ISC
#! privileged
ciscoasa# show curpriv | include level
Current privilege level : 15
ciscoasa# show curpriv | i level|Mode
Current privilege level : 15
Current Mode/s : P_PRIV
ciscoasa# show curpriv | exclude level
Username : enable_15
Current Mode/s : P_PRIV
ciscoasa# show curpriv | begin level
Current privilege level : 15
Current Mode/s : P_PRIV
ciscoasa# show curpriv | grep ^U
Username : enable_15
ciscoasa# show curpriv | grep -v ^U
Current privilege level : 15
Current Mode/s : P_PRIV
ciscoasa# show curpriv | count Current
Number of lines which match regexp = 2
ciscoasa# show curpriv | inc ^nothing
ciscoasa# show curpriv |
ERROR: % Incomplete command
ciscoasa# show curpriv | include
ERROR: % Incomplete command
ciscoasa# show curpriv | frob x
                         ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa# show curpriv | include (
ERROR: % Invalid regular expression: Unmatched ( or \(
ciscoasa# configure terminal | include x
                             ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa# conf t
ciscoasa(config)# show curpriv | i Mode
Current Mode/s : P_PRIV P_CONF
ciscoasa(config)# banner motd a | b
ciscoasa(config)# show run banner
banner motd a | b
ciscoasa(config)# end
