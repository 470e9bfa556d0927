#!/bin/bash
# SPDX-License-Identifier: ISC
#
# The story of Cisco tech note 117801 with the real program and real mail: what
# ESMTP inspection does, how the note exempts a mail gateway, what the static
# does. Each claim is checked; exits 1 if one does not hold.
set -u
cd "$(dirname "$0")/.."
asasim=${ASASIM:-build/asasim}
note=testdata/technote
pcap=testdata/pcap
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC XDG_STATE_HOME=$tmp
out=$tmp/out.pcap
claims=0 wrong=0

title() { printf '\n=== %s\n' "$*"; }
say()   { printf '\n%s\n' "$*"; }

# run OPTION...: shows the command, runs it, shows and keeps what it prints.
run() {
	local arg shown=
	for arg; do
		case $arg in
		"$tmp"/*) arg=out.pcap ;;
		*[\ \|]*) arg="'$arg'" ;;
		esac
		shown="$shown $arg"
	done
	printf '\n$ build/asasim%s\n' "$shown"
	"$asasim" "$@" >"$tmp/screen" 2>"$tmp/stderr" </dev/null
	code=$?
	cat "$tmp/stderr" "$tmp/screen"
	[ $code = 0 ] || claim "asasim ended with 0, not $code" false
}

# claim TEXT COMMAND...: the command decides whether the text is true.
claim() {
	local text=$1; shift
	claims=$((claims + 1))
	if "$@"; then
		printf '  [true] %s\n' "$text"
	else
		printf '  [NOT TRUE] %s\n' "$text"
		wrong=$((wrong + 1))
	fi
}

has()   { grep -qE -- "$1" "$tmp/screen"; }
lacks() { ! has "$1"; }
warns() { grep -qF -- "$1" "$tmp/stderr"; }
# after LINE TEXT: the line after the one that matches LINE matches TEXT
after() { grep -A1 -E -- "$1" "$tmp/screen" | grep -qE -- "$2"; }
# What the capture of departing packets holds, as tshark sees it.
banner() {
	tshark -n -r "$out" -Y 'tcp.srcport == 25 && tcp.len > 0' -T fields \
	    -e tcp.payload 2>/dev/null | head -n "${1:-1}" | tail -n 1 |
	    python3 -c "import sys; sys.stdout.write(bytes.fromhex(sys.stdin.read()).decode().replace(chr(13), str()))"
}
banner_is() { [[ $(banner) =~ $1 ]]; }
checksums() {
	[ -z "$(tshark -n -r "$out" -o tcp.check_checksum:TRUE \
	    -o ip.check_checksum:TRUE \
	    -Y 'tcp.checksum.status == 0 || ip.checksum.status == 0' \
	    2>/dev/null)" ]
}
between() {
	[ -n "$(tshark -n -r "$out" -Y "ip.src == $1 && ip.dst == $2" \
	    2>/dev/null)" ]
}

title '(a) Mail through a firewall with the default policy'
say "A client outside, 203.0.113.9, sends a message to 1.1.1.1, which is the
gateway 192.168.1.1. The capture was recorded outside, from real programs."
run -c $note/before.cfg -r $pcap/plain-outside.pcap -w "$out" \
    -e 'show service-policy inspect esmtp'
claim 'the connection is inspected: 13 segments carried text' \
    has 'Inspect: esmtp .*packet 13, drop 0, reset-drop 0'
claim 'its greeting is masked' has 'mask-banner, count 1$'
claim 'STARTTLS, SMTPUTF8 and CHUNKING are masked in the answer to EHLO' \
    after 'match ehlo-reply-parameter others' 'mask, packet 3$'
say "What the client saw, read from out.pcap with tshark:"
banner 1; banner 2
claim 'the banner is all asterisks after 220' banner_is '^220 \*+$'
claim 'every checksum in out.pcap is right' checksums

say "A message with a header line of 1,200 bytes, and the log."
run -c $note/before.cfg -r $pcap/longheader-outside.pcap -w "$out" \
    -e 'show service-policy inspect esmtp' -e 'show logging'
claim 'the long header line is counted' \
    after 'match header line length gt 998' 'drop-connection log, packet 1$'
claim '108004 says which rule dropped it' \
    has '108004: .*Dropped connection for ESMTP Request from outside:203\.0\.113\.9/.*matched Class 4: header line length gt 998'
claim '507003 says that the inspection ended the connection' \
    has '507003: tcp flow from outside:203\.0\.113\.9/.* terminated by inspection engine'

title "(b) The note's lines: the gateway is exempt, other mail is not"
say "The lines as the note prints them, mistakes included:"
sed 's/^/    /' $note/note.cfg
run -c $note/before.cfg -c $note/note.cfg \
    -e 'show running-config access-list ironport_esa_internal' \
    -e 'show running-config class-map ironport_esa' \
    -e 'show running-config policy-map'
claim 'the missing host is pointed out' warns 'host 192.168.1.1'
claim 'match address is pointed out' warns 'match access-list'
claim 'the correct lines are stored' \
    has 'permit ip any host 192\.168\.1\.1'
claim 'the class matches the access list' \
    has '^ match access-list ironport_esa_internal'
claim 'the exemption stands in the policy' has '^  no inspect esmtp'

say "The same two sessions: nothing is inspected, the long line passes."
run -c $note/before.cfg -c $note/note.cfg -r $pcap/plain-outside.pcap \
    -r $pcap/longheader-outside.pcap -w "$out" \
    -e 'show service-policy inspect esmtp' -e 'show logging | include 108004'
claim 'not a packet was inspected' has 'Inspect: esmtp .*packet 0, drop 0'
claim 'nothing was dropped' lacks '108004'
claim 'the banner passes as it is' banner_is '^220 mail\.example\.com ESMTP'

say "Mail to another host, 192.168.1.2, still is:"
run -c $note/before.cfg -c $note/note.cfg -r $pcap/plain-outside.pcap \
    -r $pcap/plain-other.pcap -r $pcap/longheader-other.pcap \
    -e 'show service-policy inspect esmtp'
claim 'the two sessions to 192.168.1.2 alone are inspected: 13 + 10 segments' \
    has 'Inspect: esmtp .*packet 23, drop 0'
claim 'their greetings are masked' has 'mask-banner, count 2$'
claim 'the long header line among them is dropped' \
    after 'match header line length gt 998' 'drop-connection log, packet 1$'

title '(c) The static: 1.1.1.1 is 192.168.1.1, 50 connections, 100 half open'
run -c $note/before.cfg -r $pcap/plain-outside.pcap -w "$out" \
    -e 'show running-config static' -e 'show xlate'
claim 'the line is shown' \
    has 'static \(inside,outside\) 1\.1\.1\.1 192\.168\.1\.1 netmask 255\.255\.255\.255 tcp 50 100'
claim 'the translation is shown' has '1\.1\.1\.1.*192\.168\.1\.1'
claim "the client's packets leave inside for 192.168.1.1" \
    between 203.0.113.9 192.168.1.1
claim "the gateway's packets leave outside as 1.1.1.1" \
    between 1.1.1.1 203.0.113.9
claim 'none leaves with the other address' \
    eval '! between 203.0.113.9 1.1.1.1 && ! between 192.168.1.1 203.0.113.9'

printf '\n%d claims, %d not true\n' $claims $wrong
[ $wrong = 0 ]
