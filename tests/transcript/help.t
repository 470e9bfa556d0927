#! SPDX-License-Identifier: ISC
#! privileged
ciscoasa# configure ?

exec mode commands/options:
  memory    Merge the startup configuration
  terminal  Configure from the terminal
ciscoasa# configure <TAB>
ciscoasa# configure t<TAB>
ciscoasa# configure terminal ?

exec mode commands/options:
  <cr>
ciscoasa# configure terminal 
ciscoasa(config)# show cl?

exec mode commands/options:
  clock
ciscoasa(config)# show cl<TAB>
ciscoasa(config)# show clock ?

exec mode commands/options:
  |  Output modifiers
  <cr>
ciscoasa(config)# show clock | ?

exec mode commands/options:
  begin    Begin with the line that matches
  count    Count the lines that match
  exclude  Exclude lines that match
  grep     Include or exclude lines that match
  include  Include lines that match
ciscoasa(config)# show clock | e?

exec mode commands/options:
  exclude
ciscoasa(config)# show clock | e<TAB>
ciscoasa(config)# show clock | exclude ?

exec mode commands/options:
  LINE  Regular expression
ciscoasa(config)# show clock | exclude ^C
ciscoasa(config)# xyzzy?
ERROR: % Unrecognized command
ciscoasa(config)# xyzzy^C
ciscoasa(config)# end
ciscoasa# d?

exec mode commands/options:
  disable
ciscoasa# dis
ciscoasa> e?

exec mode commands/options:
  enable  exit
ciscoasa> ex

Logoff

