# SPDX-License-Identifier: ISC
# The network and the mail servers of record.sh, which reads this file.

# ------------------------------------------------------------------ network

link() { # ns1 if1 mac1 ns2 if2 mac2
    ip link add "$2" netns "$1" address "$3" type veth \
        peer name "$5" netns "$4" address "$6"
    ip -n "$1" link set "$2" addrgenmode none up
    ip -n "$4" link set "$5" addrgenmode none up
    offload off "$1" "$2"; offload off "$4" "$5"
}

offload() { # on|off ns if
    ip netns exec "$2" ethtool -K "$3" tx "$1" rx "$1" sg "$1" tso "$1" \
        gso "$1" gro "$1" >/dev/null 2>>"$tmp/log/ethtool"
}

namespaces_up() {
    local ns
    for ns in as-cli as-fw as-srv; do
        ip netns add "$ns"
        ip -n "$ns" link set lo up
        ip netns exec "$ns" sh -c '
            # no loss probes: on a busy machine they repeat a segment or FIN
            echo 0 >/proc/sys/net/ipv4/tcp_early_retrans
            echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
            echo 0 >/proc/sys/net/ipv4/conf/default/rp_filter
            echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad'
    done
    link as-fw outside 02:00:cb:00:71:01 as-cli eth0 02:00:cb:00:71:09
    link as-fw inside  02:00:c0:a8:01:fe as-srv eth0 02:00:c0:a8:01:01
    ip netns exec as-fw sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward
                        echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'

    ip -n as-cli addr add 203.0.113.9/24 dev eth0
    ip -n as-cli addr add 2001:db8:1::9/64 dev eth0 nodad
    ip -n as-fw  addr add 203.0.113.1/24 dev outside
    ip -n as-fw  addr add 2001:db8:1::fe/64 dev outside nodad
    # a router's neighbour solicitations come from a link-local address
    ip -n as-fw  addr add fe80::fe/64 dev outside nodad
    ip -n as-fw  addr add fe80::fe/64 dev inside nodad
    ip -n as-fw  addr add 192.168.1.254/24 dev inside
    ip -n as-fw  addr add 2001:db8:2::fe/64 dev inside nodad
    ip -n as-srv addr add 192.168.1.1/24 dev eth0
    ip -n as-srv addr add 192.168.1.2/24 dev eth0
    ip -n as-srv addr add 2001:db8:2::1/64 dev eth0 nodad

    ip -n as-cli route add 1.1.1.0/24 via 203.0.113.1
    ip -n as-cli route add 192.168.1.0/24 via 203.0.113.1
    ip -n as-cli route add 2001:db8:2::/64 via 2001:db8:1::fe
    ip -n as-srv route add default via 192.168.1.254
    ip -n as-srv route add 2001:db8:1::/64 via 2001:db8:2::fe
    static_to 192.168.1.1
}

# The router's own address translation: 1.1.1.1 outside is $1 inside.
static_to() {
    ip netns exec as-fw nft -f - <<END
table ip static
delete table ip static
table ip static {
    chain pre {
        type nat hook prerouting priority dstnat;
        ip daddr 1.1.1.1 dnat to $1
    }
}
END
}

# Run a program in a namespace, under a host name of its own, with none of the
# caller's environment and with /etc/hosts and the like of our own making.
run_in() { # ns command...
    local ns=$1 host=client.example.net; shift
    [ "$ns" != as-srv ] || host=mail.example.com
    ip netns exec "$ns" env -i PATH="$PATH" HOME="$tmp/home" TZ=UTC LC_ALL=C \
        TERM=dumb unshare --uts -- sh -c '
        hostname "$1"; etc=$2; shift 2
        for f in hosts resolv.conf passwd group; do
            mount --bind "$etc/$f" "/etc/$f"
        done
        exec "$@"' sh "$host" "$tmp/etc" "$@"
}
client() { run_in as-cli timeout -k 2 60 "$@" >>"$tmp/log/client" 2>&1; }

# ------------------------------------------------------------------- servers

make_files() {
    mkdir -p "$tmp"/{log,home,etc,out,tls}
    chmod 711 "$tmp"; chmod 1777 "$tmp/log"
    cp /etc/passwd /etc/group "$tmp/etc/"
    if ! grep -q ^Debian-exim: /etc/passwd; then
        echo 'Debian-exim:x:64990:64990::/nonexistent:/bin/false' >>"$tmp/etc/passwd"
        echo 'Debian-exim:x:64990:' >>"$tmp/etc/group"
    fi
    echo 'nameserver 127.0.0.1' >"$tmp/etc/resolv.conf"
    cat >"$tmp/etc/hosts" <<END
127.0.0.1 localhost
192.168.1.1 mail.example.com
192.168.1.2 other.example.com
203.0.113.9 client.example.net
END
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=mail.example.com \
        -keyout "$tmp/tls/key.pem" -out "$tmp/tls/cert.pem" 2>"$tmp/log/openssl"
    chmod 711 "$tmp/tls"; chmod 644 "$tmp"/tls/*.pem
}

# postfix_dir NAME HOSTNAME: a Postfix instance that knows nothing of
# /etc/postfix; further main.cf lines come on standard input.
postfix_dir() {
    local d=$tmp/$1
    mkdir -p "$d/conf" "$d/queue" "$d/data"
    chown postfix "$d/data"
    cat >"$d/conf/main.cf.more"
    cat - "$d/conf/main.cf.more" >"$d/conf/main.cf" <<END
compatibility_level = 3.6
myhostname = $2
queue_directory = $d/queue
data_directory = $d/data
maillog_file = $tmp/log/$1
maillog_file_prefixes = $tmp/log
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
smtpd_peername_lookup = no
smtp_dns_support_level = disabled
smtp_host_lookup = native
biff = no
END
    cat <<'END' >"$d/conf/master.cf"
smtp      inet  n  -  n  -  -  smtpd
pickup    unix  n  -  n  60 1  pickup
cleanup   unix  n  -  n  -  0  cleanup
qmgr      unix  n  -  n  300 1 qmgr
tlsmgr    unix  -  -  n  1000? 1 tlsmgr
rewrite   unix  -  -  n  -  -  trivial-rewrite
bounce    unix  -  -  n  -  0  bounce
defer     unix  -  -  n  -  0  bounce
trace     unix  -  -  n  -  0  bounce
verify    unix  -  -  n  -  1  verify
flush     unix  n  -  n  1000? 0 flush
proxymap  unix  -  -  n  -  -  proxymap
smtp      unix  -  -  n  -  -  smtp
relay     unix  -  -  n  -  -  smtp
showq     unix  n  -  n  -  -  showq
error     unix  -  -  n  -  -  error
retry     unix  -  -  n  -  -  error
discard   unix  -  -  n  -  -  discard
anvil     unix  -  -  n  -  1  anvil
scache    unix  -  -  n  -  1  scache
postlog   unix-dgram n - n  -  1  postlogd
END
}

start_postfix_server() {
    postfix_dir postfix-server mail.example.com <<END
# Takes all mail for example.com but for nosuch..., and throws it away.
inet_interfaces = 192.168.1.1, 2001:db8:2::1
inet_protocols = all
mynetworks = 127.0.0.0/8
smtpd_banner = \$myhostname ESMTP \$mail_name (Debian/GNU)
virtual_mailbox_domains = example.com
virtual_mailbox_maps = regexp:$tmp/postfix-server/conf/mailboxes
virtual_transport = discard:
smtpd_tls_security_level = may
smtpd_tls_cert_file = $tmp/tls/cert.pem
smtpd_tls_key_file = $tmp/tls/key.pem
line_length_limit = 8192
END
    cat >"$tmp/postfix-server/conf/mailboxes" <<'END'
if !/^nosuch/
/@example\.com$/ ok
endif
END
    run_in as-srv timeout 60 postfix -c "$tmp/postfix-server/conf" start \
        >>"$tmp/log/postfix-start" 2>&1
    wait_for 20 listens as-srv 192.168.1.1:25
}

start_postfix_client() {
    [ ! -d "$tmp/postfix-client" ] || return 0
    postfix_dir postfix-client client.example.net <<END
inet_interfaces = loopback-only
inet_protocols = ipv4
relayhost = [1.1.1.1]
myorigin = example.net
smtp_tls_security_level = none
smtp_destination_recipient_limit = 1000
END
    run_in as-cli timeout 60 postfix -c "$tmp/postfix-client/conf" start \
        >>"$tmp/log/postfix-start" 2>&1
    wait_for 20 listens as-cli 127.0.0.1:25
}

# Send standard input through the client Postfix and wait until it has gone.
postfix_send() { # recipients...
    run_in as-cli timeout 30 sendmail -C "$tmp/postfix-client/conf" \
        -f alice@example.net "$@" >>"$tmp/log/client" 2>&1
    wait_for 60 postfix_idle
}
postfix_idle() {
    run_in as-cli timeout 10 postqueue -c "$tmp/postfix-client/conf" -p \
        2>/dev/null | grep 'queue is empty'
}

listens() { ip netns exec "$1" ss -ltnH | grep -F " $2 "; }

# Exim from its Debian package, which cannot be installed beside Postfix.
exim=
find_exim() {
    [ -z "$exim" ] || return 0
    local deb=${EXIM_DEB:-}
    mkdir "$tmp/exim-deb"
    if [ -z "$deb" ]; then
        (cd "$tmp/exim-deb" && timeout 120 apt-get -q \
            -o APT::Sandbox::User=root download exim4-daemon-light) \
            >"$tmp/log/apt" 2>&1 ||
            die "apt-get download exim4-daemon-light failed; set EXIM_DEB to the .deb"
        deb=$(echo "$tmp"/exim-deb/*.deb)
    fi
    dpkg -x "$deb" "$tmp/exim-deb"
    exim=$tmp/exim-deb/usr/sbin/exim4
    ldd "$exim" | grep 'not found' >&2 && die "libraries missing, see --packages"
    return 0
}

exim_conf() { # name; the rest of the configuration on standard input
    mkdir -p "$tmp/$1/spool"
    cat >"$tmp/$1/conf.more"
    cat - "$tmp/$1/conf.more" >"$tmp/$1/conf" <<END
spool_directory = $tmp/$1/spool
log_file_path = $tmp/$1/log-%s
keep_environment =
exim_path = $exim
hosts_treat_as_local =
rfc1413_hosts =
END
    run_in as-srv chown -R Debian-exim "$tmp/$1"
    chown root "$tmp/$1/conf"
}

start_exim_server() {
    [ ! -d "$tmp/exim-server" ] || return 0
    find_exim
    exim_conf exim-server <<END
primary_hostname = other.example.com
local_interfaces = 192.168.1.2
daemon_smtp_ports = 25
host_lookup =
tls_certificate = $tmp/tls/cert.pem
tls_privatekey = $tmp/tls/key.pem
acl_smtp_rcpt = acl_rcpt
acl_smtp_vrfy = acl_rcpt

begin acl
acl_rcpt:
  accept

begin routers
all:
  driver = redirect
  data = :blackhole:

begin authenticators
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if and{{eq{\$auth1}{alice}}{eq{\$auth2}{secret}}}}
  server_set_id = \$auth1
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{alice}}{eq{\$auth3}{secret}}}}
  server_set_id = \$auth2
END
    run_in as-srv timeout 20 "$exim" -C "$tmp/exim-server/conf" -bd \
        >>"$tmp/log/exim-server" 2>&1
    wait_for 20 listens as-srv 192.168.1.2:25
}

exim_send() { # recipients...; message on standard input
    find_exim
    exim_conf exim-client <<'END'
primary_hostname = client.example.net

begin routers
all:
  driver = manualroute
  domains = *
  transport = out
  route_list = * 1.1.1.1 byname

begin transports
out:
  driver = smtp
  hosts_avoid_tls = *
  hosts_try_fastopen =
END
    run_in as-cli timeout 60 "$exim" -C "$tmp/exim-client/conf" \
        -odf -oi -f alice@example.net "$@" >>"$tmp/log/client" 2>&1
}
