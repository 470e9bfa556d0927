/* SPDX-License-Identifier: ISC
 *
 * Every drop has a name.
 *
 * One X-macro gives each reason its enum, the keyword and the text of `show asp
 * drop`. A packet that a stage refuses carries exactly one of them. Texts and
 * keywords are the device's where it has one; the rest belong to asasim and
 * say so in their keyword ("sim-...").
 */
#ifndef ASASIM_REASON_H
#define ASASIM_REASON_H

/* clang-format off */
#define REASON_FRAME_LIST(X) \
	X(ACL_DROP, "acl-drop", "Flow is denied by configured rule") \
	X(NO_ROUTE, "no-route", "No route to host") \
	X(TCP_NOT_SYN, "tcp-not-syn", "First TCP packet not SYN") \
	X(TCP_3WHS_FAILED, "tcp-3whs-failed", "TCP failed 3 way handshake") \
	X(TCP_RSTFIN_OOO, "tcp-rstfin-ooo", "TCP RST/FIN out of order") \
	X(TCP_SEQ_PAST_WIN, "tcp-seq-past-win", "TCP packet SEQ past window") \
	X(TCP_SEQ_SYN_DIFF, "tcp-seq-syn-diff", "TCP SEQ in SYN/SYNACK invalid") \
	X(TCP_ACK_SYN_DIFF, "tcp-ack-syn-diff", "TCP ACK in SYNACK invalid") \
	X(TCP_SYN_OOO, "tcp-syn-ooo", "TCP SYN on established conn") \
	X(TCP_SYNACK_OOO, "tcp-synack-ooo", "TCP SYNACK on established conn") \
	X(TCP_DUAL_OPEN, "tcp-dual-open", "TCP Dual open denied") \
	X(TCP_INVALID_ACK, "tcp-invalid-ack", "TCP invalid ACK") \
	X(TCP_ACKED, "tcp-acked", "TCP DUP and has been ACKed") \
	X(TCP_DATA_PAST_FIN, "tcp-data-past-fin", "TCP data send after FIN") \
	X(TCP_BUFFER_FULL, "tcp-buffer-full", "TCP packet buffer full") \
	X(TCP_GLOBAL_BUFFER_FULL, "tcp-global-buffer-full", "TCP global buffer full") \
	X(TCP_BUFFER_TIMEOUT, "tcp-buffer-timeout", "TCP packet buffer timeout") \
	X(TCP_DUP_IN_QUEUE, "tcp-dup-in-queue", "TCP dup of packet in Out-of-Order queue") \
	X(TCP_BAD_FLAGS, "bad-tcp-flags", "Bad TCP flags") \
	X(INVALID_TCP_HDR, "invalid-tcp-hdr-length", "Invalid TCP Length") \
	X(INVALID_UDP_LENGTH, "invalid-udp-length", "Invalid UDP Length") \
	X(INVALID_IP_HEADER, "invalid-ip-header", "Invalid IP header") \
	X(INVALID_IP_LENGTH, "invalid-ip-length", "Invalid IP Length") \
	X(UNSUPPORTED_IP, "unsupported-ip-version", "Unsupported IP version") \
	X(UNSUPPORTED_IP6_HDR, "unsupport-ipv6-hdr", "Unsupported IPV6 header") \
	X(INVALID_ENCAP, "invalid-encap", "Invalid Encapsulation") \
	X(L2_UNHANDLED, "sim-not-ip", "Not an IP packet (ARP and other link protocols)") \
	X(FRAGMENT, "fragment-reassembly-failed", "Fragment reassembly failed") \
	X(SECURITY_FAILED, "security-failed", "Early security checks failed") \
	X(SP_SECURITY_FAILED, "sp-security-failed", "Slowpath security checks failed") \
	X(NAT_XLATE_FAILED, "nat-xlate-failed", "NAT failed") \
	X(CONN_LIMIT, "conn-limit", "Connection limit reached") \
	X(FLOW_LIMIT, "unable-to-create-flow", "Flow denied due to resource limitation") \
	X(FLOW_EXPIRED, "flow-expired", "Expired flow") \
	X(INTERFACE_DOWN, "interface-down", "Interface is down") \
	X(MEMORY, "sim-memory", "No buffer left") \
	X(INSPECT_DROP, "sim-inspect-drop", "Dropped by an inspection") \
	X(INSPECT_CLOSED, "sim-inspect-closed", "Connection was closed by an inspection")

#define REASON_FLOW_LIST(X) \
	X(FLOW_ACL_DROP, "acl-drop", "Flow is denied by access rule") \
	X(FLOW_INSPECT_FAIL, "inspect-fail", "Inspection failure") \
	X(FLOW_CLOSED_BY_INSPECTION, "closed-by-inspection", "Flow closed by inspection") \
	X(FLOW_TCP_FINS, "tcp-fins", "TCP FINs") \
	X(FLOW_RESET_IN, "reset-in", "TCP Reset-I") \
	X(FLOW_RESET_OUT, "reset-out", "TCP Reset-O") \
	X(FLOW_SYN_TIMEOUT, "syn-timeout", "SYN Timeout") \
	X(FLOW_FIN_TIMEOUT, "fin-timeout", "FIN Timeout") \
	X(FLOW_CONN_TIMEOUT, "conn-timeout", "Connection timeout")
/* clang-format on */

enum reason {
	REASON_NONE,
#define X(id, keyword, text) REASON_##id,
	REASON_FRAME_LIST(X) REASON_FLOW_LIST(X)
#undef X
	    REASON_COUNT
};

const char *reason_keyword(enum reason r);
const char *reason_text(enum reason r);

/* Flow reasons are listed apart from frame reasons by `show asp drop`. */
static inline int
reason_is_flow(enum reason r)
{
	return r >= REASON_FLOW_ACL_DROP;
}

#endif
