#!/bin/bash
# SPDX-License-Identifier: ISC
# Record captures of real mail programs talking to each other, for the tests.
#
#   record.sh [NAME...]     record everything, or only the named captures
#   record.sh --list        list the names
#   record.sh --packages    print the Debian packages it needs
#   record.sh --clean       remove what a run left behind that was killed
#
# Must run as root: it builds three network namespaces of its own,
#
#   as-cli 203.0.113.9 ---outside--- as-fw ---inside--- as-srv 192.168.1.1, .2
#
# where as-fw is a plain Linux router which maps 1.1.1.1 to 192.168.1.1.
# Everything else lives in a temporary directory, and both go when it ends.
# lab.sh makes the network and the servers, recordings.sh holds what is recorded.
# See README.md beside this file.
set -euo pipefail
export LC_ALL=C TZ=UTC PATH=/usr/sbin:/usr/bin:/sbin:/bin

here=$(cd "$(dirname "$0")" && pwd)
outdir=${PCAP_DIR:-$(cd "$here/../.." && pwd)/testdata/pcap}

PACKAGES="postfix swaks libnet-ssleay-perl libio-socket-inet6-perl curl expect inetutils-telnet socat
tcpdump tshark wireshark-common iproute2 ethtool nftables openssl xxd python3
libidn12 libidn2-0 libgnutls-dane0 libgnutls30 libdb5.3 libnsl2 libpcre2-8-0"
# The last line is what exim4-daemon-light needs: Debian does not let it be
# installed beside postfix, so it is unpacked into the temporary directory.
NAMESPACES="as-cli as-fw as-srv as-sw"

# One line per recording: its function (rec_...), then the captures it makes.
SCENARIOS='
plain           plain-outside.pcap plain-inside.pcap
other           plain-other.pcap
longheader      longheader-outside.pcap longheader-inside.pcap
longheader_other longheader-other.pcap
starttls        starttls-outside.pcap
pipelining      pipelining-outside.pcap
multircpt       multircpt-outside.pcap
rcpt150         rcpt150-outside.pcap
large           large-outside.pcap
aborted         aborted-outside.pcap
aborted_rst     aborted-rst-outside.pcap
helo_only       helo-only.pcap
verbs           verbs.pcap
unknown_command unknown-command.pcap
lower_case      lower-case.pcap
telnet_chars    telnet-chars.pcap
auth            auth-outside.pcap
longbody        longbody.pcap
filename300     filename300.pcap
ipv6            ipv6.pcap
vlan            vlan.pcap
sll             sll.pcap
sll2            sll2.pcap
rawip           rawip.pcap
pcapng          plain.pcapng
snap96          snap96.pcap
bdat            bdat.pcap
bdat_chunks     bdat-chunks.pcap
offload         plain-offload.pcap
'

say()  { printf '%s\n' "$*"; }
die()  { printf 'record.sh: %s\n' "$*" >&2; exit 1; }

# ------------------------------------------------------------- start and end

tmp=
helpers=            # process ids of captures and relays still running

namespaces_down() {
    local ns pids
    for ns in $NAMESPACES; do
        [ -e "/run/netns/$ns" ] || continue
        pids=$(ip netns pids "$ns" 2>/dev/null || true)
        [ -z "$pids" ] || kill -9 $pids 2>/dev/null || true
        ip netns del "$ns" 2>/dev/null || true
    done
}

cleanup() {
    local rc=$?
    trap - EXIT INT TERM HUP
    if [ $rc -ne 0 ] && [ -n "$tmp" ]; then
        say "--- last lines of the logs:" >&2
        tail -n 4 "$tmp"/log/[!to]* >&2 2>/dev/null || true
        [ -z "${KEEP:-}" ] || cp -r "$tmp/out" "$KEEP"      # to look at
    fi
    [ -z "$helpers" ] || kill $helpers 2>/dev/null || true
    [ -z "$tmp" ] || { namespaces_down; rm -rf "$tmp"; }
    exit $rc
}

check_programs() {
    local pair missing=
    for pair in postfix:postfix swaks:swaks curl:curl expect:expect \
        telnet:inetutils-telnet socat:socat tcpdump:tcpdump tshark:tshark \
        editcap:wireshark-common ip:iproute2 ss:iproute2 ethtool:ethtool \
        nft:nftables openssl:openssl xxd:xxd python3:python3; do
        command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair##*:}"
    done
    perl -MNet::SSLeay -e 1 2>/dev/null || missing="$missing libnet-ssleay-perl"
    perl -MIO::Socket::INET6 -e 1 2>/dev/null ||
        missing="$missing libio-socket-inet6-perl"
    [ -z "$missing" ] || die "missing Debian packages:$missing"
    [ -c /dev/net/tun ] || die "no /dev/net/tun"
}

# wait_for SECONDS COMMAND...: run the command until it succeeds.
wait_for() {
    local n=$(( $1 * 10 )); shift
    while ! "$@" >/dev/null 2>&1; do
        n=$((n - 1)); [ $n -gt 0 ] || die "gave up waiting for: $*"
        sleep 0.1
    done
}

. "$here/lab.sh"
. "$here/recordings.sh"

# ------------------------------------------------------------------ captures

caps=               # the captures of the recording under way
cap() { # file where [tcpdump option...]
    local file=$1 ns=as-fw if=$2 filter='tcp port 25' log; shift 2
    case $if in
    client) ns=as-cli if=eth0 ;;
    any)    ns=as-cli ;;
    trunk)  ns=as-sw if=trunk0 filter="vlan and $filter" ;;
    esac
    log=$tmp/log/tcpdump-$file
    ip netns exec "$ns" tcpdump -n -U --immediate-mode -B 16384 -Z root \
        -s 262144 -i "$if" -w "$tmp/out/$file" "$@" "$filter" 2>"$log" &
    helpers="$helpers $!"
    caps="$caps $!"
    wait_for 10 grep -q '^\(tcpdump: \)\?listening on' "$log"
}

endcap() {
    local pid
    sleep 0.5       # let the last FIN and ACK come by
    for pid in $caps; do
        kill -INT "$pid"
        wait "$pid" || true
        helpers=${helpers/ $pid/}
    done
    caps=
    if grep -h 'dropped by kernel' "$tmp"/log/tcpdump-* | grep -qv '^0 '; then
        die "the capture lost packets"
    fi
}

stop_helper() { kill "$1"; wait "$1" 2>/dev/null || true; helpers=${helpers/ $1/}; }

# -------------------------------------------------------------------- checks

# stream FILE c|s: the bytes which the client or the server sent.
stream() {
    local side='^[0-9a-f]'
    [ "$2" = c ] || side=$'^\t[0-9a-f]'
    tshark -r "$1" -q -z follow,tcp,raw,0 2>/dev/null | grep "$side" | xxd -r -p
}

count() { tshark -r "$1" -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE \
    -Y "$2" -T fields -e frame.number 2>/dev/null | wc -l; }

# says FILE c|s REGEX...: each is found in what that side sent.
says() {
    local f=$tmp/out/$1 side=$2 re; shift 2
    for re in "$@"; do
        stream "$f" "$side" | tr -d '\r' | grep -aE -- "$re" >/dev/null ||
            die "${f##*/}: side $side did not say: $re"
    done
}

# check FILE [nosum|cut]: one whole connection, clean, with true checksums.
check() {
    local f=$tmp/out/$1 how=${2:-} n
    n=$(count "$f" 'tcp.flags.syn==1 && tcp.flags.ack==0')
    [ "$n" = 1 ] || die "$1: $n connections, wanted 1"
    [ "$(count "$f" 'frame.number==1 && tcp.flags.syn==1')" = 1 ] ||
        die "$1: does not begin with SYN"
    [ "$(count "$f" 'tcp.flags.fin==1 || tcp.flags.reset==1')" -gt 0 ] ||
        die "$1: the connection does not end"
    n=$(count "$f" 'tcp.analysis.retransmission || tcp.analysis.lost_segment')
    [ "$n" = 0 ] || die "$1: $n lost or repeated segments"
    if [ -z "$how" ]; then
        n=$(count "$f" '!(tcp.checksum.status==1) || (ip && !(ip.checksum.status==1))')
        [ "$n" = 0 ] || die "$1: $n packets whose checksums are wrong"
        n=$(count "$f" 'ip.len > 1500 || frame.cap_len < frame.len')
        [ "$n" = 0 ] || die "$1: $n packets too large or cut short"
    fi
    [ "$how" = cut ] || says "$1" s '^220 '
}

# A message was accepted: DATA (or BDAT), and 250 after it, then QUIT.
check_mail() {
    check "$1"
    says "$1" c '^(DATA|data|BDAT [0-9]+ LAST)$' '^(QUIT|quit)$'
    says "$1" s '^250 .*(queued as|id=)' '^221 '
}

from_to() { # file client server
    [ "$(count "$tmp/out/$1" "frame.number==1 && $2 && $3")" = 1 ] ||
        die "$1: not between $2 and $3"
}
nat()   { from_to "$1" ip.src==203.0.113.9 ip.dst==1.1.1.1; }
nonat() { from_to "$1" ip.src==203.0.113.9 "ip.dst==$2"; }

# note FILE TEXT: what PROVENANCE will say about it.
note() {
    printf '%s\t%s; rec_%s, %s, %s\n' "$1" "$2" "$scenario" \
        "$(tcpdump --version 2>&1 | awk 'NR==1{print $1, $3}')" "$(date +%F)" >>"$tmp/notes"
}

v_swaks() { swaks --version | sed -n '1s/ version//p'; }
v_postfix() { echo "postfix $(postconf -d -h mail_version)"; }
v_exim() { run_in as-srv "$exim" -C /dev/null -bV 2>/dev/null |
    sed -n '1s/Exim version \([0-9.]*\).*/exim \1/p'; }
v_curl() { curl --version | awk 'NR==1{print "curl", $2}'; }
v_telnet() { telnet --version | sed -n '1s/telnet (GNU inetutils)/inetutils-telnet/p'; }
v_socat() { socat -V | awk '/^socat version/{print "socat", $3}'; }
v_expect() { expect -c 'puts "expect [exp_version]"'; }

# ----------------------------------------------------------------------- main

all_files() { echo "$SCENARIOS" | awk '{for (i = 2; i <= NF; i++) print $i}'; }

# The recording that makes capture $1, named with or without its ending.
scenario_of() {
    echo "$SCENARIOS" | awk -v n="$1" '{
        for (i = 1; i <= NF; i++) {
            b = $i; sub(/\.pcap(ng)?$/, "", b)
            if ($i == n || (b == n && i > 1)) { print $1; exit }
        }}'
}

keep() { # scenario: put its captures, and what is said of them, in place
    local f
    for f in $(echo "$SCENARIOS" | awk -v s="$1" '$1 == s {$1 = ""; print}'); do
        cp "$tmp/out/$f" "$outdir/$f.new"; mv "$outdir/$f.new" "$outdir/$f"
        chmod 644 "$outdir/$f"
        say "  $f: $(count "$outdir/$f" frame) packets, $(stat -c %s "$outdir/$f") bytes"
    done
}

write_provenance() {
    local p=$outdir/PROVENANCE
    [ -e "$p" ] || : >"$p"
    {
        cat <<'END'
# How each capture was made, by tests/capture/record.sh in network namespaces
# (see tests/capture/README.md). One line per file: name, tab, what talked to
# what; where it was captured; the function in recordings.sh, tcpdump, date.
END
        {
            grep -v '^#' "$p" | awk -F'\t' 'NR == FNR {new[$1]; next} !($1 in new)' \
                "$tmp/notes" - || true
            cat "$tmp/notes"
        } | sort
    } >"$tmp/provenance"
    cp "$tmp/provenance" "$p"
    chmod 644 "$p"
}

main() {
    local wanted= name scenario ns
    case ${1:-} in
    --packages) echo $PACKAGES; exit 0 ;;
    --list)     all_files; exit 0 ;;
    --clean)    [ "$(id -u)" = 0 ] || die "must run as root"
                namespaces_down; rm -rf /tmp/asasim-capture.*; exit 0 ;;
    -*)         sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
    for name in ${*:-$(all_files)}; do
        scenario=$(scenario_of "$name")
        [ -n "$scenario" ] || die "no capture is called $name (see --list)"
        case " $wanted " in
        *" $scenario "*) ;;
        *) wanted="$wanted $scenario" ;;
        esac
    done
    [ "$(id -u)" = 0 ] || die "must run as root"
    check_programs
    for ns in $NAMESPACES; do
        [ ! -e "/run/netns/$ns" ] || die "namespace $ns exists already (record.sh --clean removes it)"
    done

    trap cleanup EXIT
    trap 'exit 1' INT TERM HUP
    tmp=$(mktemp -d /tmp/asasim-capture.XXXXXX)
    make_files
    mkdir -p "$outdir"
    namespaces_up
    start_postfix_server
    for scenario in $wanted; do
        say "$scenario"
        "rec_$scenario"
        keep "$scenario"
        write_provenance
    done
}

main "$@"
