# SPDX-License-Identifier: ISC
# What record.sh, which reads this file, records: one function for each line of
# its table. Each starts a capture, lets programs talk, stops the capture and
# checks that it holds what is claimed.

# An ordinary short message with swaks; further options as given.
swaks_mail() { # server swaks-option...
    local server=$1; shift
    client swaks --server "$server" --port 25 --timeout 15 \
        --helo client.example.net --from alice@example.net --to bob@example.com \
        --header 'Subject: lunch' --body 'Lunch at noon?\n\nAlice\n' "$@"
}

# repeat CHAR N
repeat() { printf "%${2}s" '' | tr ' ' "$1"; }

# dialogue FILE-OF-LINES PROGRAM...: type a dialogue into a terminal program.
dialogue() {
    local lines=$1; shift
    client expect -f "$here/dialogue.exp" "$lines" "$@"
}

rec_plain() {
    cap plain-outside.pcap outside; cap plain-inside.pcap inside
    swaks_mail 1.1.1.1; endcap
    check_mail plain-outside.pcap; nat plain-outside.pcap
    check_mail plain-inside.pcap;  nonat plain-inside.pcap 192.168.1.1
    note plain-outside.pcap "$(v_swaks) to $(v_postfix), EHLO, one message; outside"
    note plain-inside.pcap  "the session of plain-outside.pcap, captured inside"
}

rec_other() {
    start_exim_server
    cap plain-other.pcap inside; swaks_mail 192.168.1.2; endcap
    check_mail plain-other.pcap; nonat plain-other.pcap 192.168.1.2
    note plain-other.pcap "$(v_swaks) to $(v_exim) on 192.168.1.2, no translation; inside"
}

long_header() { echo "X-Long: $(repeat x 1192)"; }      # 1,200 bytes

rec_longheader() {
    cap longheader-outside.pcap outside; cap longheader-inside.pcap inside
    swaks_mail 1.1.1.1 --header "$(long_header)"; endcap
    local f
    for f in longheader-outside.pcap longheader-inside.pcap; do
        check_mail $f; says $f c "^$(long_header)\$"
    done
    nat longheader-outside.pcap; nonat longheader-inside.pcap 192.168.1.1
    note longheader-outside.pcap "$(v_swaks) to $(v_postfix), a header line of 1,200 bytes; outside"
    note longheader-inside.pcap "the session of longheader-outside.pcap, captured inside"
}

rec_longheader_other() {
    start_exim_server
    cap longheader-other.pcap inside
    swaks_mail 192.168.1.2 --header "$(long_header)"; endcap
    check_mail longheader-other.pcap; nonat longheader-other.pcap 192.168.1.2
    says longheader-other.pcap c "^$(long_header)\$"
    note longheader-other.pcap "$(v_swaks) to $(v_exim) on 192.168.1.2, a header line of 1,200 bytes; inside"
}

rec_starttls() {
    local f=starttls-outside.pcap
    cap $f outside; swaks_mail 1.1.1.1 -tls; endcap
    check $f; nat $f; says $f c '^STARTTLS$'; says $f s '^220 2.0.0 Ready'
    [ "$(count "$tmp/out/$f" 'tls.app_data')" -gt 0 ] || die "$f: no TLS"
    note $f "$(v_swaks) -tls to $(v_postfix); outside"
}

rec_pipelining() {
    local f=pipelining-outside.pcap
    cap $f outside
    swaks_mail 1.1.1.1 --pipeline --to bob@example.com,carol@example.com; endcap
    check_mail $f; nat $f
    # MAIL, both RCPT and DATA go out before the answer to the first.
    [ "$(tshark -r "$tmp/out/$f" -Y 'tcp.dstport==25 && tcp.len>0' -T fields \
        -e tcp.ack 2>/dev/null | sort | uniq -c | sort -rn | awk 'NR==1{print $1}')" -gt 1 ] ||
        [ "$(count "$tmp/out/$f" 'tcp.dstport==25 && tcp.payload contains "MAIL" && tcp.payload contains "DATA"')" -gt 0 ] ||
        die "$f: nothing pipelined"
    note $f "$(v_swaks) --pipeline to $(v_postfix), two recipients; outside"
}

rec_multircpt() {
    local f=multircpt-outside.pcap
    printf '%s\r\n' 'From: alice@example.net' 'To: all@example.com' \
        'Subject: minutes' '' 'The minutes follow.' >"$tmp/mail"
    cap $f outside
    client curl -sv smtp://1.1.1.1/client.example.net -T "$tmp/mail" \
        --mail-from alice@example.net --mail-rcpt-allowfails \
        --mail-rcpt bob@example.com --mail-rcpt carol@example.com \
        --mail-rcpt nosuch@example.com --mail-rcpt dave@example.com \
        --mail-rcpt erin@example.com
    endcap
    check_mail $f; nat $f; says $f s '^550 5.1.1 <nosuch@example.com>'
    note $f "$(v_curl) to $(v_postfix), five recipients, the third refused; outside"
}

rec_rcpt150() {
    local f=rcpt150-outside.pcap n
    start_postfix_client
    cap $f outside
    printf '%s\n' 'From: alice@example.net' 'To: list@example.com' \
        'Subject: to everyone' '' 'Hello, everyone.' |
        postfix_send $(seq -f 'user%03g@example.com' 150)
    endcap
    check_mail $f; nat $f
    n=$(stream "$tmp/out/$f" c | grep -ac '^RCPT TO:')
    [ "$n" = 150 ] || die "$f: $n recipients"
    note $f "$(v_postfix) to the same, 150 recipients of one message, pipelined; outside"
}

rec_large() {
    local f=large-outside.pcap
    start_postfix_client
    {
        printf '%s\n' 'From: alice@example.net' 'To: bob@example.com' \
            'Subject: the drawings' 'MIME-Version: 1.0' \
            'Content-Type: multipart/mixed; boundary="=_part_1"' '' \
            '--=_part_1' 'Content-Type: text/plain' '' 'The drawings.' '' \
            '--=_part_1' 'Content-Type: application/octet-stream; name="drawings.bin"' \
            'Content-Transfer-Encoding: base64' \
            'Content-Disposition: attachment; filename="drawings.bin"' ''
        # 440,000 bytes, the same ones every time
        head -c 440000 /dev/zero | openssl enc -aes-128-ctr \
            -K 00000000000000000000000000000000 -iv 00000000000000000000000000000000 |
            base64
        printf '%s\n' '' '--=_part_1--'
    } >"$tmp/mail"
    cap $f outside; postfix_send bob@example.com <"$tmp/mail"; endcap
    check_mail $f; nat $f
    [ "$(stream "$tmp/out/$f" c | wc -c)" -gt 590000 ] || die "$f: too small"
    note $f "$(v_postfix) to the same, a message of 600 kB with a base64 attachment; outside"
}

abort_lines() {
    cat <<'END'
< 220
> EHLO client.example.net
< 250
> MAIL FROM:<alice@example.net>
< 250
> RCPT TO:<bob@example.com>
< 250
> DATA
< 354
> Subject: cut short
>
> This message is not
kill
END
}

rec_aborted() {
    local f=aborted-outside.pcap
    abort_lines >"$tmp/lines"
    cap $f outside; dialogue "$tmp/lines" telnet 1.1.1.1 25; endcap
    check $f; nat $f; says $f c '^DATA$' '^This message is not'; says $f s '^354 '
    [ "$(stream "$tmp/out/$f" c | grep -acx $'\\.\r')" = 0 ] || die "$f: not aborted"
    [ "$(count "$tmp/out/$f" 'tcp.srcport!=25 && tcp.flags.fin==1')" -gt 0 ] || die "$f: no FIN"
    note $f "$(v_telnet), killed within DATA (FIN), to $(v_postfix); outside"
}

rec_aborted_rst() {
    local f=aborted-rst-outside.pcap
    abort_lines >"$tmp/lines"
    cap $f outside
    dialogue "$tmp/lines" socat -,icrnl,echo=0 TCP4:1.1.1.1:25,nodelay,crlf,linger=0
    endcap
    check $f; nat $f; says $f c '^DATA$' '^This message is not'; says $f s '^354 '
    [ "$(count "$tmp/out/$f" 'tcp.dstport==25 && tcp.flags.reset==1')" = 1 ] || die "$f: no RST"
    note $f "$(v_socat) with SO_LINGER 0, killed within DATA (RST), to $(v_postfix); outside"
}

rec_helo_only() {
    local f=helo-only.pcap
    cap $f outside; swaks_mail 1.1.1.1 --protocol SMTP; endcap
    check_mail $f; nat $f; says $f c '^HELO client.example.net$'
    note $f "$(v_swaks) --protocol SMTP (HELO) to $(v_postfix); outside"
}

# typed FILE COMMENT <LINES: a dialogue typed line by line into telnet.
typed() {
    local f=$1
    cat >"$tmp/lines"
    cap $f outside; dialogue "$tmp/lines" telnet 1.1.1.1 25; endcap
    check $f; nat $f
    note $f "$(v_telnet) driven by $(v_expect), $2, to $(v_postfix); outside"
}

rec_verbs() {
    typed verbs.pcap 'VRFY, EXPN, HELP, NOOP, ETRN and RSET' <<'END'
< 220
> HELO client.example.net
< 250
> VRFY bob@example.com
< 252
> EXPN staff
< 50
> HELP
< 50
> NOOP
< 250
> NOOP are you there
< 250
> ETRN example.com
< [45]
> MAIL FROM:<alice@example.net>
< 250
> RSET
< 250
> VRFY nosuch@example.com
< 550
> QUIT
< 221
END
    says verbs.pcap c '^VRFY ' '^EXPN ' '^HELP$' '^NOOP$' '^ETRN ' '^RSET$' '^QUIT$'
}

rec_unknown_command() {
    typed unknown-command.pcap 'commands that no server knows' <<'END'
< 220
> EHLO client.example.net
< 250
> XYZZY
< 500
> PLUGH 12 34
< 500
> MAIL FROM:<alice@example.net>
< 250
> RCPT TO:<bob@example.com>
< 250
> DATA
< 354
> Subject: magic word
>
> Nothing happens.
> .
< 250
> QUIT
< 221
END
    check_mail unknown-command.pcap; says unknown-command.pcap c '^XYZZY$'
    says unknown-command.pcap s '^500 '
}

rec_lower_case() {
    typed lower-case.pcap 'all in lower case' <<'END'
< 220
> ehlo client.example.net
< 250
> mail from:<alice@example.net>
< 250
> rcpt to:<bob@example.com>
< 250
> data
< 354
> subject: quiet
>
> hello, bob.
> .
< 250
> quit
< 221
END
    check_mail lower-case.pcap; says lower-case.pcap c '^ehlo ' '^mail from:' '^rcpt to:'
}

rec_telnet_chars() {
    local f=telnet-chars.pcap
    cat >"$tmp/lines" <<'END'
chars
< 220
> HELO client.example.net
< 250
> MAIL FROM:<alice@example.net>
< 250
> RCPT TO:<bob@example.com>
< 250
> DATA
< 354
> Subject: slowly
>
> one by one
> .
< 250
> QUIT
< 221
END
    cap $f outside
    dialogue "$tmp/lines" socat -,raw,echo=0 TCP4:1.1.1.1:25,nodelay; endcap
    check_mail $f; nat $f
    [ "$(count "$tmp/out/$f" 'tcp.dstport==25 && tcp.len>1')" = 0 ] ||
        die "$f: more than one byte in a segment"
    note $f "$(v_socat) on a raw terminal driven by $(v_expect), each byte in a segment, to $(v_postfix); outside"
}

rec_auth() {
    local f=auth-outside.pcap
    start_exim_server
    static_to 192.168.1.2
    cap $f outside
    swaks_mail 1.1.1.1 --auth LOGIN --auth-user alice --auth-password secret
    endcap
    static_to 192.168.1.1
    check_mail $f; nat $f
    says $f c '^AUTH LOGIN'; says $f s '^334 ' '^235 '
    note $f "$(v_swaks) --auth LOGIN (invented name and password) to $(v_exim), 1.1.1.1 being 192.168.1.2 here; outside"
}

rec_longbody() {
    local f=longbody.pcap line
    line=$(repeat y 1500)
    cap $f outside; swaks_mail 1.1.1.1 --body "before\n$line\nafter\n"; endcap
    check_mail $f; nat $f; says $f c "^$line\$"
    note $f "$(v_swaks) to $(v_postfix), a body line of 1,500 bytes; outside"
}

rec_filename300() {
    local f=filename300.pcap name
    name=$(repeat n 296).txt
    echo 'A short attachment.' >"$tmp/mail"; chmod 644 "$tmp/mail"
    cap $f outside
    client curl -sv smtp://1.1.1.1/client.example.net \
        --mail-from alice@example.net --mail-rcpt bob@example.com \
        -H 'From: alice@example.net' -H 'To: bob@example.com' -H 'Subject: a long name' \
        -F '=See the attachment.;type=text/plain' \
        -F "=@$tmp/mail;filename=$name;type=text/plain;encoder=base64"
    endcap
    check_mail $f; nat $f; says $f c "filename=\"$name\""
    note $f "$(v_curl) -F to $(v_postfix), an attachment with a name of 300 characters; outside"
}

rec_ipv6() {
    local f=ipv6.pcap
    cap $f outside; swaks_mail 2001:db8:2::1 -6; endcap
    check_mail $f; from_to $f ipv6.src==2001:db8:1::9 ipv6.dst==2001:db8:2::1
    note $f "$(v_swaks) to $(v_postfix) over IPv6; outside"
}

# The client's packets go over a second link, through a namespace which holds
# a trunk; relay.py is the switch that tags at one end (kernels without the
# 8021q module have no VLAN interfaces).
rec_vlan() {
    local f=vlan.pcap pid
    ip netns add as-sw
    link as-cli vlan0 02:00:cb:00:72:09 as-sw access0 02:00:00:00:00:01
    link as-fw  vlan0 02:00:cb:00:72:01 as-sw access1 02:00:00:00:00:02
    link as-sw trunk0 02:00:00:00:00:03 as-sw trunk1 02:00:00:00:00:04
    ip -n as-cli route replace 1.1.1.0/24 via 203.0.113.1 dev vlan0 onlink src 203.0.113.9
    ip -n as-fw route add 203.0.113.9/32 dev vlan0
    ip netns exec as-sw timeout 60 python3 "$here/relay.py" vlan 10 \
        access0 trunk0 trunk1 access1 2>"$tmp/log/relay" &
    pid=$!; helpers="$helpers $pid"
    wait_for 10 grep -q ready "$tmp/log/relay"
    cap $f trunk; swaks_mail 1.1.1.1; endcap
    stop_helper $pid
    ip -n as-cli link del vlan0; ip -n as-fw link del vlan0
    ip -n as-cli route replace 1.1.1.0/24 via 203.0.113.1 dev eth0
    ip netns del as-sw
    check_mail $f; nat $f
    [ "$(count "$tmp/out/$f" 'vlan.id==10')" = "$(count "$tmp/out/$f" frame)" ] ||
        die "$f: untagged packets"
    note $f "$(v_swaks) to $(v_postfix), on an 802.1Q trunk, VLAN 10, tagged by relay.py; outside"
}

linktype() { # file link-type-name
    [ "$(capinfos -ET "$tmp/out/$1" | awk -F'\t' 'NR==2{print $2}')" = "$2" ] ||
        die "$1: is not of link type $2"
}

rec_sll() {
    local f=sll.pcap
    cap $f any -y LINUX_SLL; swaks_mail 1.1.1.1; endcap
    check_mail $f; nat $f; linktype $f linux-sll
    note $f "$(v_swaks) to $(v_postfix), tcpdump -i any -y LINUX_SLL on the client"
}

rec_sll2() {
    local f=sll2.pcap
    cap $f any -y LINUX_SLL2; swaks_mail 1.1.1.1; endcap
    check_mail $f; nat $f; linktype $f linux-sll2
    note $f "$(v_swaks) to $(v_postfix), tcpdump -i any -y LINUX_SLL2 on the client"
}

# Over a tun device in each of as-cli and as-fw, joined by relay.py.
rec_rawip() {
    local f=rawip.pcap pid
    timeout 60 python3 "$here/relay.py" tun as-cli as-fw 2>"$tmp/log/relay" &
    pid=$!; helpers="$helpers $pid"
    wait_for 10 grep -q ready "$tmp/log/relay"
    ip -n as-cli link set tun0 addrgenmode none up
    ip -n as-fw link set tun0 addrgenmode none up
    ip -n as-cli route replace 1.1.1.0/24 dev tun0 src 203.0.113.9
    ip -n as-fw route add 203.0.113.9/32 dev tun0
    cap $f tun0; swaks_mail 1.1.1.1; endcap
    stop_helper $pid
    ip -n as-cli route replace 1.1.1.0/24 via 203.0.113.1 dev eth0
    check_mail $f; nat $f; linktype $f rawip
    note $f "$(v_swaks) to $(v_postfix), over a tun device (no link layer); outside"
}

rec_pcapng() {
    local f=plain.pcapng
    cap plain.tmp outside; swaks_mail 1.1.1.1; endcap
    editcap -F pcapng "$tmp/out/plain.tmp" "$tmp/out/$f"
    check_mail $f; nat $f
    [ "$(xxd -p -l 4 "$tmp/out/$f")" = 0a0d0d0a ] || die "$f: not pcapng"
    note $f "$(v_swaks) to $(v_postfix), editcap -F pcapng of a capture taken outside"
}

rec_snap96() {
    local f=snap96.pcap
    cap $f outside -s 96; swaks_mail 1.1.1.1; endcap
    check $f cut; nat $f
    [ "$(count "$tmp/out/$f" 'frame.cap_len==96 && frame.len>96')" -gt 0 ] ||
        die "$f: no packet was cut"
    note $f "$(v_swaks) to $(v_postfix), tcpdump -s 96; outside"
}

rec_bdat() {
    local f=bdat.pcap
    find_exim
    cap $f outside
    printf '%s\n' 'From: alice@example.net' 'To: bob@example.com' \
        'Subject: in chunks' '' 'Sent with BDAT.' | exim_send bob@example.com
    endcap
    check_mail $f; nat $f; says $f c '^BDAT [0-9]+ LAST$'
    note $f "$(v_exim), which uses BDAT by itself, to $(v_postfix); outside"
}

rec_bdat_chunks() {
    local f=bdat-chunks.pcap
    find_exim
    cap $f outside
    {
        printf '%s\n' 'From: alice@example.net' 'To: bob@example.com' \
            'Subject: in several chunks' ''
        seq -f 'line %05g of a message that takes several BDAT commands' 600
    } | exim_send bob@example.com
    endcap
    check_mail $f; nat $f
    [ "$(stream "$tmp/out/$f" c | tr -d '\r' | grep -acE '^BDAT [0-9]+$')" -gt 0 ] ||
        die "$f: one BDAT only"
    note $f "$(v_exim) to $(v_postfix), a message of 35 kB in several BDAT commands; outside"
}

rec_offload() {
    local f=plain-offload.pcap
    seq -f 'line %05g of a message that is long enough to be sent in large pieces' 600 >"$tmp/mail"
    chmod 644 "$tmp/mail"
    offload on as-cli eth0; offload on as-fw outside
    cap $f client; swaks_mail 1.1.1.1 --body "@$tmp/mail"; endcap
    offload off as-cli eth0; offload off as-fw outside
    check $f nosum; nat $f
    says $f c '^DATA$' '^line 00600 '; says $f s '^250 .*queued as'
    [ "$(count "$tmp/out/$f" 'ip.len > 1500')" -gt 0 ] || die "$f: no packet over the MTU"
    [ "$(count "$tmp/out/$f" 'tcp.checksum.status==0')" -gt 0 ] || die "$f: no partial checksum"
    note $f "$(v_swaks) to $(v_postfix), on the client with offloads on: partial checksums, segments over the MTU"
}
