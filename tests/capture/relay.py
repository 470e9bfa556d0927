# SPDX-License-Identifier: ISC
"""Carry packets for record.sh over links which the kernel may not offer.

relay.py vlan ID ACCESS0 TRUNK0 TRUNK1 ACCESS1
    Run in one namespace: frames that come in at ACCESS0 leave tagged through
    TRUNK0, come in at TRUNK1 (its veth peer) and leave untagged at ACCESS1;
    and the other way about.

relay.py tun NAMESPACE0 NAMESPACE1
    Make a tun device tun0 in each namespace and join the two.

Says "ready" on standard error; runs until it is killed.
"""
import ctypes
import fcntl
import os
import select
import socket
import struct
import sys

ETH_P_ALL = 3
PACKET_OUTGOING = 4
CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN_NO_PI = 0x1001


def relay(routes):
    """routes: file descriptor -> function called when it can be read."""
    print("ready", file=sys.stderr, flush=True)
    while True:
        for fd in select.select(list(routes), [], [])[0]:
            routes[fd]()


def port(name):
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    s.bind((name, 0))
    return s


def vlan(vid, *names):
    access0, trunk0, trunk1, access1 = map(port, names)
    tag = struct.pack("!HH", 0x8100, vid)

    def forward(src, dst, add_tag):
        def step():
            frame, where = src.recvfrom(65536)
            if where[2] == PACKET_OUTGOING:
                return
            if add_tag:
                frame = frame[:12] + tag + frame[12:]
            elif frame[12:14] == b"\x81\x00":   # else the kernel took it off
                frame = frame[:12] + frame[16:]
            dst.send(frame)
        return step

    relay({access0: forward(access0, trunk0, True),
           trunk1: forward(trunk1, access1, False),
           access1: forward(access1, trunk1, True),
           trunk0: forward(trunk0, access0, False)})


def tun_in(namespace):
    libc = ctypes.CDLL(None, use_errno=True)
    ns = os.open("/run/netns/" + namespace, os.O_RDONLY)
    if libc.setns(ns, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns " + namespace)
    os.close(ns)
    fd = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", b"tun0", IFF_TUN_NO_PI))
    return fd


def tun(namespace0, namespace1):
    a, b = tun_in(namespace0), tun_in(namespace1)

    def forward(src, dst):
        packet = os.read(src, 65536)
        try:
            os.write(dst, packet)
        except OSError:
            pass        # that end is not up yet

    relay({a: lambda: forward(a, b), b: lambda: forward(b, a)})


if __name__ == "__main__":
    if sys.argv[1] == "vlan":
        vlan(int(sys.argv[2]), *sys.argv[3:7])
    else:
        tun(*sys.argv[2:4])
