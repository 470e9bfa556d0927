/* SPDX-License-Identifier: ISC
 *
 * What may stand in the inspection maps and classes of the protocols that are
 * not simulated: their lines are checked and kept.
 *
 * Sources: the command references of ASA 8.2 and 9.x ("match", "parameters" and
 * the chapters of each inspection). A protocol without a list here takes any
 * line.
 */
#include <stdlib.h>
#include <string.h>

#include "conf_imap.h"
#include "conf_int.h"

#define RX     "regex [class] NAME<40>"
#define LENGTH "length gt INT"
#define COUNT  "count gt INT"
#define LOG    "[log]"

/* clang-format off */
#define LIST(...) (const char *const []){ __VA_ARGS__, NULL }

#define DROPS "drop " LOG, "drop-connection " LOG, "reset " LOG, "log"
#define ONE_OF "<drop [log]|drop-connection [log]|reset [log]|log>"
#define FIELD_TEST "<" RX "|" LENGTH "|" COUNT ">"

const struct imap_syntax imap_syntaxes[] = {
	{ .name = "dcerpc", .help = "DCERPC",
	  .matches = LIST(
	    "uuid <ms-rpc-epm|ms-rpc-isystemactivator|ms-rpc-oxidresolver>"),
	  .parameters = LIST(
	    "timeout pinhole HMS",
	    "endpoint-mapper [epm-service-only] "
	    "[lookup-operation [timeout HMS]]"),
	  .actions = LIST("reset " LOG, "log") },
	{ .name = "diameter", .help = "Diameter" },
	{ .name = "dns", .help = "DNS", .has_class = true,
	  .matches = LIST(
	    "header-flag [eq] <{'AA'|'QR'|'RA'|'RD'|'TC'|'Z'}|INT<0-65535>>",
	    "dns-type <eq <'A'|'AXFR'|'CNAME'|'IXFR'|'NS'|'SOA'|'TSIG'|"
	    "INT<0-65535>>|range INT<0-65535> INT<0-65535>>",
	    "dns-class <eq <'IN'|INT<0-65535>>|"
	    "range INT<0-65535> INT<0-65535>>",
	    "question",
	    "resource-record <answer|additional|authority>",
	    "domain-name " RX),
	  .parameters = LIST(
	    "dns-guard",
	    "id-mismatch [count INT duration INT] action log",
	    "id-randomization",
	    ("message-length maximum <INT<512-65535>|"
	     "client <auto|INT<512-65535>>|server <auto|INT<512-65535>>>"),
	    "nat-rewrite",
	    "protocol-enforcement",
	    "tcp-inspection",
	    "tsig enforced action <drop [log]|log>",
	    "umbrella [tag NAME<64>]",
	    "dnscrypt"),
	  .actions = LIST("drop " LOG, "drop-connection " LOG,
	    "enforce-tsig [drop] [log]", "mask " LOG, "log") },
	{ .name = "ftp", .help = "FTP", .has_class = true,
	  .matches = LIST(
	    "filename " RX,
	    "filetype " RX,
	    "request-command {appe|cdup|dele|get|help|mkd|put|rmd|rnfr|rnto|"
	    "site|stou}",
	    "server " RX,
	    "username " RX),
	  .parameters = LIST("mask-banner", "mask-syst-reply"),
	  .actions = LIST("reset " LOG, "log") },
	{ .name = "gtp", .help = "GTP",
	  .matches = LIST(
	    "apn " RX,
	    "message <id <INT<1-255>|range INT<1-255> INT<1-255>>|"
	    "length min INT max INT>",
	    "mcc INT<0-999> mnc INT<0-999>",
	    "msisdn " RX,
	    "version <INT<0-255>|range INT<0-255> INT<0-255>>"),
	  .parameters = LIST(
	    "anti-replay [INT]",
	    "gtp-u-header-check",
	    "mcc INT<0-999> mnc INT<0-999>",
	    "permit errors",
	    "permit response to-object-group NAME from-object-group NAME",
	    "request-queue INT<1-9999999>",
	    ("timeout <gsn|pdp-context|request|signaling|tunnel|endpoint|"
	     "t3-response> HMS"),
	    "tunnel-limit INT<1-10000>"),
	  .actions = LIST("drop " LOG, "rate-limit INT", "log") },
	{ .name = "h323", .help = "H.323", .has_class = true,
	  .matches = LIST(
	    "called-party " RX,
	    "calling-party " RX,
	    "media-type <audio|data|video>"),
	  .parameters = LIST(
	    "call-duration-limit HMS",
	    "call-party-numbers",
	    "early-message NAME",
	    "endpoint IPANY IFNAME",
	    "h245-tunnel-block action <drop-connection|log>",
	    "hsi IP",
	    "hsi-group INT",
	    "ras-rcf-pinholes enable",
	    "rtp-conformance [enforce-payloadtype]",
	    "state-checking <h225|ras>"),
	  .actions = LIST(DROPS) },
	{ .name = "http", .help = "HTTP", .has_class = true,
	  .matches = LIST(
	    "req-resp content-type mismatch",
	    "request <args " RX "|body <" RX "|" LENGTH ">|"
	    "header <" RX " " RX "|non-ascii|" LENGTH "|" COUNT
	    "|NAME " FIELD_TEST ">|method <" RX "|NAME>|uri <" RX "|" LENGTH
	    ">>",
	    "response <body <active-x|java-applet|" RX "|" LENGTH ">|"
	    "header <" RX " " RX "|non-ascii|" LENGTH "|" COUNT
	    "|NAME " FIELD_TEST ">|status-line " RX ">"),
	  .parameters = LIST(
	    "body-match-maximum INT",
	    "protocol-violation [action <drop-connection [log]|reset [log]|"
	    "log>]",
	    "spoof-server LINE"),
	  .actions = LIST("drop-connection " LOG, "reset " LOG, "log") },
	{ .name = "im", .help = "Instant messaging", .has_class = true,
	  .matches = LIST(
	    "filename " RX,
	    "ip-address IP [MASK]",
	    "login-name " RX,
	    "peer-ip-address IP [MASK]",
	    "peer-login-name " RX,
	    "protocol {im-msn|im-yahoo}",
	    "service {chat|conference|file-transfer|games|voice-chat|webcam}",
	    "version " RX),
	  .actions = LIST("drop-connection " LOG, "reset " LOG, "log") },
	{ .name = "ip-options", .help = "IP options",
	  .parameters = LIST(
	    "<basic-security|commercial-security|default|eool|exp-flow-control|"
	    "exp-measure|extended-security|imi-traffic-descriptor|nop|"
	    "quick-start|record-route|router-alert|timestamp|INT<0-255>> "
	    "action <allow|clear>") },
	{ .name = "ipsec-pass-thru", .help = "IPsec pass-through",
	  .parameters = LIST(
	    "<esp|ah> [per-client-max INT] [timeout HMS]") },
	{ .name = "ipv6", .help = "IPv6",
	  .matches = LIST(
	    "header <ah|" COUNT "|destination-option|esp|fragment|hop-by-hop|"
	    "routing-address " COUNT "|routing-type <eq INT<0-255>|"
	    "range INT<0-255> INT<0-255>>>"),
	  .parameters = LIST("verify-header <order|type>"),
	  .actions = LIST("drop " LOG, "log") },
	{ .name = "lisp", .help = "LISP" },
	{ .name = "m3ua", .help = "M3UA" },
	{ .name = "mgcp", .help = "MGCP",
	  .parameters = LIST(
	    "call-agent IP INT",
	    "command-queue INT",
	    "gateway IP INT") },
	{ .name = "netbios", .help = "NetBIOS",
	  .parameters = LIST(
	    "protocol-violation action <drop [log]|log>") },
	{ .name = "radius-accounting", .help = "RADIUS accounting",
	  .parameters = LIST(
	    "enable gprs",
	    "host IPANY [key WORD]",
	    "send response",
	    "timeout users HMS",
	    "validate-attribute INT<1-191>") },
	{ .name = "rtsp", .help = "RTSP", .has_class = true,
	  .matches = LIST(
	    "request-method {announce|describe|get_parameter|options|pause|"
	    "play|record|redirect|setup|set_parameter|teardown}",
	    "url-filter " RX),
	  .parameters = LIST(
	    "reserve-port-protect",
	    "url-length-limit INT<0-6000>"),
	  .actions = LIST("drop-connection " LOG, "log", "rate-limit INT") },
	{ .name = "scansafe", .help = "Cloud Web Security", .has_class = true },
	{ .name = "sctp", .help = "SCTP" },
	{ .name = "sip", .help = "SIP", .has_class = true,
	  .matches = LIST(
	    "called-party " RX,
	    "calling-party " RX,
	    "content <" LENGTH "|type <sdp|" RX ">>",
	    "im-subscriber " RX,
	    "message-path " RX,
	    "request-method {ack|bye|cancel|info|invite|message|notify|options|"
	    "prack|refer|register|subscribe|unknown|update}",
	    "third-party-registration " RX,
	    "uri <sip|tel> " LENGTH),
	  .parameters = LIST(
	    "im",
	    "ip-address-privacy",
	    "max-forwards-validation action " ONE_OF,
	    "rtp-conformance [enforce-payloadtype]",
	    "software-version action <mask [log]|log>",
	    "state-checking action " ONE_OF,
	    "strict-header-validation action " ONE_OF,
	    "traffic-non-sip",
	    "trust-verification-server <ip IP|port INT>",
	    "uri-non-sip action <mask [log]|log>"),
	  .actions = LIST(DROPS, "mask " LOG, "rate-limit INT") },
	{ .name = "skinny", .help = "Skinny",
	  .matches = LIST(
	    "message-id <INT|range INT INT>"),
	  .parameters = LIST(
	    "enforce-registration",
	    "message-id max INT",
	    "rtp-conformance [enforce-payloadtype]",
	    "sccp-prefix-len <max|min> INT",
	    "timeout <media|signaling> HMS"),
	  .actions = LIST("drop " LOG, "log") },
	{ .name = "snmp", .help = "SNMP" },
};
/* clang-format on */
const size_t imap_syntaxes_n = ARRAY_LEN(imap_syntaxes);

const struct imap_syntax *
imap_syntax_of(const char *proto)
{
	size_t i;

	for (i = 0; proto != NULL && i < imap_syntaxes_n; i++) {
		if (strcmp(imap_syntaxes[i].name, proto) == 0)
			return &imap_syntaxes[i];
	}
	return NULL;
}

/* ---- modes and rows, made of the lists once ---- */

static struct imap_modes modes[ARRAY_LEN(imap_syntaxes)];

const struct imap_modes *
imap_modes_of(const struct imap_syntax *s)
{
	return &modes[s - imap_syntaxes];
}

static VEC(struct row) made;
static VEC(char *) texts;

static void
make(const struct mode *mode, const char *syntax, row_apply *apply,
    const struct mode *enters)
{
	struct row row = { .mode = mode,
		.syntax = syntax,
		.apply = apply,
		.enters = enters,
		.flags = ROW_KEPT | ROW_VERBATIM };

	*VEC_PUSH(&made) = row;
}

static void
make_mode(struct mode *mode, char *label, const char *prompt,
    const struct mode *parent, const struct mode *same_as)
{
	*VEC_PUSH(&texts) = label;
	mode->label = label;
	mode->prompt = prompt;
	mode->parent = parent;
	mode->same_as = same_as;
}

static void
make_rows(const struct imap_syntax *s, struct imap_modes *m)
{
	static const char *const any_match[] = { "LINE", NULL };
	static const char *const any_line[] = { "WORD [LINE]", NULL };
	bool free_form = s->matches == NULL && s->parameters == NULL;
	const char *const *l;

	make_mode(&m->map, xasprintf("mpf-policy-map-%s", s->name),
	    "config-pmap", &mode_config, &mode_imap);
	make_mode(&m->actions, xasprintf("mpf-policy-map-%s-class", s->name),
	    "config-pmap-c", &m->map, NULL);
	make_mode(&m->parameters, xasprintf("mpf-policy-map-%s-param", s->name),
	    "config-pmap-p", &m->map, NULL);
	make_mode(&m->class_map, xasprintf("mpf-class-map-%s", s->name),
	    "config-cmap", &mode_config, &mode_cmap_kept);
	for (l = free_form ? any_match : s->matches; l != NULL && *l != NULL;
	     l++) {
		char *match =
		    xasprintf("match %s%s", free_form ? "" : "[not] ", *l);

		*VEC_PUSH(&texts) = match;
		if (s->has_class)
			make(
			    &m->class_map, match, imap_class_match_apply, NULL);
		make(&m->map, match, imap_block_apply, &m->actions);
	}
	if (s->has_class)
		make(&m->map, "class NAME<40>", imap_class_apply, &m->actions);
	if (free_form || s->parameters != NULL)
		make(&m->map, "parameters", imap_block_apply, &m->parameters);
	for (l = free_form ? any_line : s->parameters; l != NULL && *l != NULL;
	     l++)
		make(&m->parameters, *l, imap_line_apply, NULL);
	for (l = free_form ? any_line : s->actions; l != NULL && *l != NULL;
	     l++)
		make(&m->actions, *l, imap_line_apply, NULL);
}

struct row_set
imap_made_rows(void)
{
	static bool ready;
	struct row_set set;
	size_t i;

	for (i = 0; !ready && i < imap_syntaxes_n; i++)
		make_rows(&imap_syntaxes[i], &modes[i]);
	ready = true;
	set.rows = made.v;
	set.n = made.n;
	return set;
}
