#! SPDX-License-Identifier: ISC
#! privileged
ciscoasa# show terminal

Width = 80, no monitor
terminal interactive
ciscoasa# terminal pager 30
ciscoasa# show pager
pager lines 30
ciscoasa# terminal pager lines 24
ciscoasa# show pager
pager lines 24
ciscoasa# no terminal pager
ciscoasa# show pager
no pager
ciscoasa# terminal width 511
                   ^
ERROR: % Invalid input detected at '^' marker.
ciscoasa# terminal monitor
ciscoasa# conf t
ciscoasa(config)# terminal width 511
ciscoasa(config)# show terminal

Width = 511, monitor
terminal interactive
ciscoasa(config)# end
ciscoasa# show run terminal
terminal width 511
