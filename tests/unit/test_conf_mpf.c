/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"

static void
factory(void)
{
	fx_open(true);
	fx_shows("class-map",
	    "!\n"
	    "class-map inspection_default\n"
	    " match default-inspection-traffic\n"
	    "!\n");
	/* The order of 8.4. */
	fx_shows("policy-map",
	    "!\n"
	    "policy-map type inspect dns preset_dns_map\n"
	    " parameters\n"
	    "  message-length maximum client auto\n"
	    "  message-length maximum 512\n"
	    "policy-map global_policy\n"
	    " class inspection_default\n"
	    "  inspect dns preset_dns_map \n"
	    "  inspect ftp \n"
	    "  inspect h323 h225 \n"
	    "  inspect h323 ras \n"
	    "  inspect rsh \n"
	    "  inspect rtsp \n"
	    "  inspect esmtp \n"
	    "  inspect sqlnet \n"
	    "  inspect skinny  \n"
	    "  inspect sunrpc \n"
	    "  inspect xdmcp \n"
	    "  inspect sip  \n"
	    "  inspect netbios \n"
	    "  inspect tftp \n"
	    "  inspect ip-options \n"
	    "!\n");
	fx_shows("service-policy", "service-policy global_policy global\n");
	fx_fixpoint();
	fx_close();
}

static void
match(void)
{
	static const char many[] =
	    "Multiple match commands are not supported "
	    "except for the 'match tunnel-group or default-inspect-traffic' "
	    "command.";

	fx_open(false);
	fx_type("access-list a permit ip any any\nclass-map c");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-cmap");
	fx_refuse("match access-list b", 0, "access-list <b> does not exist");
	fx_type("match port tcp range 1720 h323\nno match port tcp range h323 "
		"1720\nmatch port tcp eq 25");
	fx_refuse("match any", 0, many);
	fx_refuse("match port tcp eq 26", 0, many);
	fx_refuse("match port tcp range 20 10", 0,
	    "% Invalid port range: 20 is greater than 10");
	fx_type("match port tcp eq smtp\ndescription the mail");
	fx_shows("class-map c",
	    "!\nclass-map c\n description the mail\n match port tcp eq smtp "
	    "\n!\n");
	fx_refuse("no match any", 0, "the match command is not configured");
	fx_type("no match port tcp eq 25\nmatch default-inspection-traffic\n"
		"match access-list a");
	fx_refuse("match any", 0, many);
	fx_shows("class-map c",
	    "!\nclass-map c\n description the mail\n match "
	    "default-inspection-traffic\n match access-list a\n!\n");
	fx_type("class-map d\nmatch tunnel-group t\n"
		"match flow ip destination-address");
	fx_refuse("match dscp ef", 0, many);
	fx_shows("class-map d",
	    "!\nclass-map d\n match tunnel-group t\n match "
	    "flow ip destination-address\n!\n");
	CU_ASSERT_EQUAL(
	    conf_class_map_find(fx_conf, "d")->match.kind, MATCH_TUNNEL_GROUP);
	fx_type("class-map type inspect http match-any h\n"
		"match request uri length gt 10\n"
		"match not request method get\n"
		"regex one a.b\nclass-map type regex match-any r\n"
		"match regex one");
	fx_shows("class-map",
	    "!\n"
	    "class-map c\n"
	    " description the mail\n"
	    " match default-inspection-traffic\n"
	    " match access-list a\n"
	    "class-map d\n"
	    " match tunnel-group t\n"
	    " match flow ip destination-address\n"
	    "class-map type inspect http match-any h\n"
	    " match request uri length gt 10\n"
	    " match not request method get\n"
	    "class-map type regex match-any r\n"
	    " match regex one\n"
	    "!\n");
	fx_fixpoint();
	fx_type("end\n");
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_exec);
	confctx_init(&fx_ctx);
	fx_refuse("class-map h", 0,
	    "class-map h is already configured with another type");
	fx_refuse("class-map class-default", 0,
	    "% class-map name class-default is reserved");
	fx_close();
}

static void
match_address(void)
{
	fx_open(false);
	fx_type("access-list a permit ip any any\nclass-map c\n"
		"match address a");
	fx_says("WARNING: there is no `match address`; taken as: match "
		"access-list a");
	fx_shows("class-map c", "!\nclass-map c\n match access-list a\n!\n");
	fx_close();
}

static void
classes(void)
{
	fx_open(true);
	fx_type("class-map c\nmatch any\nclass-map d\nmatch any\n"
		"policy-map p\nclass class-default\nclass c");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-pmap-c");
	fx_type("set connection conn-max 10\n"
		"set connection timeout idle 0:10:00\n"
		"police output 8000\n"
		"class d\npriority");
	/* class-default stays last. */
	fx_shows("policy-map p",
	    "!\n"
	    "policy-map p\n"
	    " class c\n"
	    "  set connection conn-max 10\n"
	    "  set connection timeout idle 0:10:00\n"
	    "  police output 8000\n"
	    " class d\n"
	    "  priority\n"
	    " class class-default\n"
	    "!\n");
	fx_refuse("class nope", 0, "% class-map nope not configured");
	fx_type("no priority\nno class d\nexit\n");
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_config);
	fx_refuse("no class-map c", 0, "% class-map c is being used");
	fx_type("no class-map d");
	fx_refuse("no policy-map global_policy", 0,
	    "policy-map global_policy is in use, cannot be removed");
	fx_refuse("service-policy p global", 0,
	    "Policy map global_policy is already configured as a service "
	    "policy");
	fx_refuse(
	    "service-policy nope global", 0, "policy-map nope not configured");
	fx_type("interface g0/0\nnameif outside\n"
		"service-policy p interface outside fail-close");
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_config);
	fx_shows("service-policy",
	    "service-policy global_policy global\n"
	    "service-policy p interface outside "
	    "fail-close\n");
	fx_fixpoint();
	/* What names the interface goes with its name. */
	fx_type("interface g0/0\nno nameif");
	fx_shows("service-policy", "service-policy global_policy global\n");
	fx_close();
}

static void
inspections(void)
{
	fx_open(true);
	fx_type("policy-map type inspect esmtp e\nexit\n"
		"policy-map global_policy\nclass inspection_default");
	fx_type("inspect esmtp");
	fx_refuse("inspect esmtp e", 0,
	    "Inspect configuration of this type exists, first remove that "
	    "configuration and then add the new configuration");
	fx_refuse("no inspect esmtp e", 0, "inspect esmtp e is not configured");
	fx_type("no inspect esmtp\ninspect esmtp e\ninspect icmp\n"
		"inspect icmp error\nno inspect dns\n"
		"inspect dns maximum-length 512\nno inspect ftp\n"
		"inspect ftp strict\nno inspect sip");
	fx_says("");
	fx_refuse("inspect http nope", 0,
	    "% policy-map type inspect http nope not configured");
	fx_refuse("inspect frob", 9, NULL);
	fx_shows("policy-map global_policy",
	    "!\n"
	    "policy-map global_policy\n"
	    " class inspection_default\n"
	    "  inspect h323 h225 \n"
	    "  inspect h323 ras \n"
	    "  inspect rsh \n"
	    "  inspect rtsp \n"
	    "  inspect sqlnet \n"
	    "  inspect skinny  \n"
	    "  inspect sunrpc \n"
	    "  inspect xdmcp \n"
	    "  inspect netbios \n"
	    "  inspect tftp \n"
	    "  inspect ip-options \n"
	    "  inspect esmtp e \n"
	    "  inspect icmp \n"
	    "  inspect icmp error \n"
	    "  inspect dns maximum-length 512 \n"
	    "  inspect ftp strict \n"
	    "!\n");
	fx_fixpoint();
	fx_type("exit\nexit");
	fx_refuse("no policy-map type inspect esmtp e", 0,
	    "policy-map e is in use, cannot be removed");
	fx_close();
}

/* asasim(1), "Exemption from inspection". */
static void
exemption(void)
{
	const struct policy_class *pc;

	fx_open(true);
	fx_type("class-map c\nmatch any\npolicy-map global_policy\nclass c\n"
		"no inspect esmtp");
	fx_says("WARNING: class c exempts its traffic from inspect esmtp. A "
		"device that follows the feature-matching rules may still "
		"inspect it in class inspection_default; see 'simulator "
		"exemption'.");
	pc = conf_policy_map_find(fx_conf, "global_policy")->classes.v[1];
	CU_ASSERT_EQUAL_FATAL(pc->exempt.n, 1);
	CU_ASSERT_STRING_EQUAL(pc->exempt.v[0], "esmtp");
	fx_fixpoint();
	fx_type("inspect esmtp");
	CU_ASSERT_EQUAL(pc->exempt.n, 0);
	fx_type("no inspect esmtp");
	CU_ASSERT_EQUAL(pc->exempt.n, 0);
	fx_says("");
	fx_type(
	    "simulator exemption device\npolicy-map global_policy\nclass c\n"
	    "no inspect esmtp");
	CU_ASSERT_EQUAL(pc->exempt.n, 0);
	fx_says("WARNING: class c has no inspect esmtp to remove. A device "
		"goes on inspecting its traffic in class inspection_default; "
		"see 'simulator exemption'.");
	fx_close();
}

static void
kept_maps(void)
{
	fx_open(false);
	fx_type("policy-map type inspect http h\n"
		"parameters\n"
		"protocol-violation action drop-connection log\n"
		"match request method get\n"
		"reset\n"
		"parameters\n"
		"no spoof-server x y\n"
		"protocol-violation action drop-connection log");
	fx_shows("policy-map type inspect http",
	    "!\n"
	    "policy-map type inspect http h\n"
	    " parameters\n"
	    "  protocol-violation action drop-connection log\n"
	    "  no spoof-server x y\n"
	    " match request method get\n"
	    "  reset\n"
	    "!\n");
	fx_fixpoint();
	fx_type("no parameters");
	fx_shows("policy-map type inspect http h",
	    "!\n"
	    "policy-map type inspect http h\n"
	    " match request method get\n"
	    "  reset\n"
	    "!\n");
	fx_close();
}

static void
fixup(void)
{
	fx_open(false);
	fx_type("fixup protocol smtp 25");
	fx_says("INFO: converting 'fixup protocol smtp 25' to MPF commands");
	fx_type("fixup protocol ftp 21\nno fixup protocol ftp 21");
	fx_says("INFO: converting 'no fixup protocol ftp 21' to MPF commands");
	fx_shows("policy-map",
	    "!\npolicy-map global_policy\n class "
	    "inspection_default\n  inspect esmtp \n!\n");
	fx_shows("service-policy", "service-policy global_policy global\n");
	fx_fixpoint();
	/* Ports of its own; `no fixup protocol P` is back to the usual one. */
	fx_type("no fixup protocol smtp 25\nfixup protocol smtp 2525-2527\n"
		"fixup protocol http 8080\nfixup protocol ftp strict 21\n"
		"fixup protocol dns maximum-length 1024");
	fx_shows("class-map",
	    "!\n"
	    "class-map inspection_default\n"
	    " match default-inspection-traffic\n"
	    "class-map fixup_smtp_2525-2527\n"
	    " match port tcp range 2525 2527 \n"
	    "class-map fixup_http_8080\n"
	    " match port tcp eq 8080 \n"
	    "!\n");
	fx_shows("policy-map",
	    "!\n"
	    "policy-map global_policy\n"
	    " class inspection_default\n"
	    "  inspect ftp strict \n"
	    "  inspect dns maximum-length 1024 \n"
	    " class fixup_smtp_2525-2527\n"
	    "  inspect esmtp \n"
	    " class fixup_http_8080\n"
	    "  inspect http \n"
	    "!\n");
	fx_fixpoint();
	fx_type("no fixup protocol smtp\nno fixup protocol http 8080");
	fx_shows("policy-map",
	    "!\n"
	    "policy-map global_policy\n"
	    " class inspection_default\n"
	    "  inspect ftp strict \n"
	    "  inspect dns maximum-length 1024 \n"
	    "  inspect esmtp \n"
	    "!\n");
	fx_refuse("fixup protocol smtp 0", 20, NULL);
	fx_refuse("fixup protocol frob 25", 15, NULL);
	fx_close();
}

static void
regexes(void)
{
	fx_open(false);
	fx_type("regex a \"x.*y z\"\nregex b \\x22q\nregex b \\x22q");
	fx_refuse("regex c a(b", 0,
	    "% Invalid regular expression: missing ) in regular expression");
	fx_refuse("regex c [z-a]", 0,
	    "% Invalid regular expression: reversed range in regular "
	    "expression");
	fx_refuse("regex c \"\"", 0,
	    "% a regular expression has 1 to 100 characters");
	fx_refuse("no regex c", 0, "% regex c not configured");
	fx_shows("regex", "regex a \"x.*y z\"\nregex b \"\\x22q\"\n");
	fx_shows("regex b", "regex b \"\\x22q\"\n");
	fx_type("class-map type regex match-any k\ndescription the few\n"
		"match regex a");
	fx_refuse("match regex nope", 0, "% regex nope not configured");
	fx_type("policy-map type inspect esmtp e\n"
		"match sender-address regex class k\ndrop-connection log");
	fx_refuse("match sender-address regex class e", 0,
	    "% class-map e not configured");
	fx_type("match mime filetype regex b\nlog\nexit\nexit");
	fx_refuse("no regex a", 0, "% regex a is being used");
	fx_refuse("regex a other", 0, "% regex a is being used");
	fx_refuse("no regex b", 0, "% regex b is being used");
	fx_refuse("no class-map type regex match-any k", 0,
	    "% class-map k is being used");
	fx_fixpoint();
	fx_type("class-map type regex match-any k\nrename l\nexit");
	fx_shows("class-map type regex",
	    "!\nclass-map type regex match-any l\n description the few\n "
	    "match regex a\n!\n");
	fx_shows("policy-map type inspect esmtp",
	    "!\npolicy-map type inspect esmtp e\n match sender-address regex "
	    "class l\n  drop-connection log\n match MIME filetype regex b\n"
	    "  log\n!\n");
	fx_fixpoint();
	fx_type("clear configure regex");
	fx_says("WARNING: regex a is being used and stays");
	fx_type("no policy-map type inspect esmtp e\n"
		"no class-map type regex match-any l\nclear configure regex");
	fx_shows("regex", "");
	/* In kept lines as well. */
	fx_type("regex u \"/cgi\"\npolicy-map type inspect http h");
	fx_refuse(
	    "match request uri regex nope", 0, "% regex nope not configured");
	fx_type("match request uri regex u\nreset log\nexit\nexit");
	fx_refuse("no regex u", 0, "% regex u is being used");
	fx_close();
}

/* One line for each criterion, what it prints, and what it refuses. */
static void
criteria(void)
{
	static const char *const lines[][2] = {
		{ "dscp 46 af11 cs7 63", "dscp ef af11 cs7 63" },
		{ "dscp 0 1 2 3 4 5 6 7", "dscp default 1 2 3 4 5 6 7" },
		{ "precedence 5 routine 7",
		    "precedence critical routine network" },
		{ "rtp 2000 16383", "rtp 2000 16383" },
		{ "port sctp eq 2905", "port sctp eq 2905 " },
		{ "port udp range 1 2", "port udp range 1 2 " },
		{ "any", "any" },
		{ "default-inspection-traffic", "default-inspection-traffic" },
		{ "tunnel-group t", "tunnel-group t" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(lines); i++) {
		char *typed = xasprintf("class-map c\nmatch %s", lines[i][0]);
		char *shown =
		    xasprintf("!\nclass-map c\n match %s\n!\n", lines[i][1]);

		fx_open(false);
		fx_type(typed);
		fx_shows("class-map c", shown);
		fx_fixpoint();
		fx_type(strchr(typed, '\n') + 1);
		free(typed);
		typed = xasprintf("no match %s", lines[i][0]);
		fx_type(typed);
		fx_shows("class-map c", "!\nclass-map c\n!\n");
		fx_close();
		free(typed);
		free(shown);
	}
	fx_open(false);
	fx_type("class-map c");
	fx_refuse("match dscp 0 1 2 3 4 5 6 7 8", 27, NULL);
	fx_refuse("match dscp 64", 11, NULL);
	fx_refuse("match precedence 1 2 3 4 5", 25, NULL);
	fx_refuse("match rtp 2001 5", 0, "% the first RTP port is even");
	fx_refuse("match rtp 1998 5", 10, NULL);
	fx_refuse("match flow ip destination-address", 0,
	    "% 'match flow ip destination-address' needs 'match tunnel-group' "
	    "before it");
	fx_type("class-map type management m");
	fx_refuse("match dscp ef", 6, NULL);
	fx_type("match port tcp eq 22\nrename n\nexit");
	fx_shows("class-map type management",
	    "!\nclass-map type management n\n match port tcp eq ssh \n!\n");
	fx_refuse("class-map _default_x", 0,
	    "% class-map name _default_x is reserved");
	fx_refuse("class-map _internal_x", 0,
	    "% class-map name _internal_x is reserved");
	fx_close();
}

static void
limits(void)
{
	char line[64];
	unsigned i;

	fx_open(true);
	for (i = 0; i < 234; i++) {
		snprintf(line, sizeof(line), "class-map c%u\nmatch any", i);
		fx_type(line);
	}
	fx_type("exit");
	fx_refuse("class-map one_more", 0,
	    "% a configuration has at most 255 class-maps, the match lines of "
	    "inspection policy-maps and 20 built in counted");
	fx_type("no class-map c0\npolicy-map type inspect esmtp e\n"
		"match cmd line length gt 1");
	fx_refuse("match cmd line length gt 2", 0,
	    "% a configuration has at most 255 class-maps, the match lines of "
	    "inspection policy-maps and 20 built in counted");
	fx_type("policy-map p");
	for (i = 1; i <= 63; i++) {
		snprintf(line, sizeof(line), "class c%u", i);
		fx_type(line);
	}
	fx_type("class class-default");
	fx_refuse("class c64", 0, "% a policy-map has at most 63 classes");
	for (i = 0; i < 60; i++) {
		snprintf(line, sizeof(line), "policy-map m%u", i);
		fx_type(line);
	}
	fx_type("exit");
	fx_refuse("policy-map one_more", 0,
	    "% a configuration has at most 64 policy-maps");
	fx_close();
}

static void
actions(void)
{
	fx_open(true);
	fx_type("class-map c\nmatch any\ntcp-map t\nexit\npolicy-map p\n"
		"class c\nset connection embryonic-conn-max 7\n"
		"set connection conn-max 0 random-sequence-number disable\n"
		"set connection per-client-embryonic-max 3 per-client-max 4\n"
		"set connection timeout idle 0:30:0 reset\n"
		"set connection timeout dcd\n"
		"set connection timeout half-closed 0:5:0 embryonic 0:0:20\n"
		"set connection advanced-options t\n"
		"set connection decrement-ttl\n"
		"police input 8000\npolice output 9000 2000 exceed-action "
		"transmit");
	fx_refuse("priority", 0, "% Cannot give priority to a policed class");
	fx_refuse("set connection advanced-options u", 0,
	    "% tcp-map u not configured");
	fx_refuse("set connection timeout embryonic 0:0:4", 0,
	    "% Invalid timeout: embryonic is 0:0:5 to 1193:0:0, or 0:0:0");
	fx_refuse("set connection conn-max 2000001", 24, NULL);
	fx_refuse("police input 7999", 13, NULL);
	fx_refuse(
	    "shape average 1000000", 0, "% shape is for class-default only");
	fx_shows("policy-map p",
	    "!\n"
	    "policy-map p\n"
	    " class c\n"
	    "  set connection conn-max 0 embryonic-conn-max 7 per-client-max 4 "
	    "per-client-embryonic-max 3 random-sequence-number disable\n"
	    "  set connection timeout embryonic 0:00:20 half-closed 0:05:00 "
	    "idle 0:30:00 reset dcd 0:00:15 5\n"
	    "  set connection advanced-options t\n"
	    "  set connection decrement-ttl\n"
	    "  police input 8000\n"
	    "  police output 9000 2000 conform-action transmit exceed-action "
	    "transmit\n"
	    "!\n");
	fx_fixpoint();
	fx_type("no set connection conn-max 0\nno set connection timeout dcd\n"
		"no police input\nset connection advanced-options "
		"tcp-state-bypass\nno set connection decrement-ttl\n"
		"no set connection timeout idle half-closed");
	fx_refuse("no police input", 0, "the action is not configured");
	fx_refuse(
	    "no set connection conn-max", 0, "the action is not configured");
	fx_type("rename q\n");
	fx_shows("policy-map q",
	    "!\n"
	    "policy-map q\n"
	    " class c\n"
	    "  set connection embryonic-conn-max 7 per-client-max 4 "
	    "per-client-embryonic-max 3 random-sequence-number disable\n"
	    "  set connection timeout embryonic 0:00:20\n"
	    "  set connection advanced-options tcp-state-bypass\n"
	    "  police output 9000 2000 conform-action transmit exceed-action "
	    "transmit\n"
	    "!\n");
	fx_fixpoint();
	fx_type("no tcp-map t");
	fx_close();
}

static void
tcp_maps(void)
{
	fx_open(true);
	fx_type("tcp-map t");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-tcp-map");
	fx_shows("tcp-map", "tcp-map t\n");
	fx_shows("all tcp-map t",
	    "tcp-map t\n"
	    " no check-retransmission\n"
	    " no checksum-verification\n"
	    " exceed-mss allow\n"
	    " invalid-ack drop\n"
	    " queue-limit 0\n"
	    " reserved-bits allow\n"
	    " seq-past-window drop\n"
	    " syn-data allow\n"
	    " synack-data drop\n"
	    " tcp-options selective-ack allow\n"
	    " tcp-options timestamp allow\n"
	    " tcp-options window-scale allow\n"
	    " ttl-evasion-protection\n"
	    " urgent-flag clear\n"
	    " window-variation allow\n");
	fx_type("check-retransmission\nchecksum-verification\n"
		"exceed-mss drop\ninvalid-ack allow\nqueue-limit 9 timeout 7\n"
		"reserved-bits clear\nseq-past-window allow\nsyn-data drop\n"
		"synack-data allow\ntcp-options range 9 255 drop\n"
		"tcp-options range 6 7 allow\ntcp-options window-scale clear\n"
		"no ttl-evasion-protection\nurgent-flag allow\n"
		"window-variation drop");
	fx_refuse("tcp-options range 8 9 drop", 0,
	    "% Invalid option range: the bounds are 6, 7 or 9 to 255, the "
	    "lower first");
	fx_refuse("queue-limit 0 timeout 5", 0,
	    "% the timeout needs a limit of 1 or more");
	fx_refuse("queue-limit 251", 12, NULL);
	fx_shows("tcp-map t",
	    "tcp-map t\n"
	    " check-retransmission\n"
	    " checksum-verification\n"
	    " exceed-mss drop\n"
	    " invalid-ack allow\n"
	    " queue-limit 9 timeout 7\n"
	    " reserved-bits clear\n"
	    " seq-past-window allow\n"
	    " syn-data drop\n"
	    " synack-data allow\n"
	    " tcp-options range 9 255 drop\n"
	    " tcp-options range 6 7 allow\n"
	    " tcp-options window-scale clear\n"
	    " no ttl-evasion-protection\n"
	    " urgent-flag allow\n"
	    " window-variation drop\n");
	fx_fixpoint();
	fx_type("policy-map p\nclass class-default\n"
		"set connection advanced-options t\nexit\nexit");
	fx_refuse("no tcp-map t", 0, "% tcp-map t is being used");
	fx_type("clear configure tcp-map");
	fx_says("WARNING: tcp-map t is being used and stays");
	fx_type("no policy-map p\nclear configure tcp-map");
	fx_shows("tcp-map", "");
	fx_close();
}

/* Lines of inspections that are kept are checked all the same. */
static void
checked_maps(void)
{
	fx_open(false);
	fx_type("class-map type inspect dns match-all d\n"
		"match not header-flag QR\nmatch dns-type eq a\n"
		"policy-map type inspect dns m\ndescription x\nclass d\n"
		"drop log\n"
		"match header-flag aa rd\nmask log\n"
		"parameters\nmessage-length maximum client auto\n"
		"no tcp-inspection\nid-mismatch action log");
	fx_refuse("message-length minimum 5", 16, NULL);
	fx_refuse("class nope", 0, "% class-map nope not configured");
	fx_shows("policy-map type inspect dns m",
	    "!\n"
	    "policy-map type inspect dns m\n"
	    " description x\n"
	    " class d\n"
	    "  drop log\n"
	    " match header-flag AA RD\n"
	    "  mask log\n"
	    " parameters\n"
	    "  message-length maximum client auto\n"
	    "  no tcp-inspection\n"
	    "  id-mismatch action log\n"
	    "!\n");
	fx_fixpoint();
	fx_refuse("no class-map type inspect dns d", 0,
	    "% class-map d is being used");
	fx_type("policy-map type inspect http h");
	fx_refuse("class d", 0, "% class-map d has the wrong type");
	fx_refuse("match frob", 6, NULL);
	fx_type("rename g\nexit");
	fx_shows("policy-map type inspect http",
	    "!\npolicy-map type inspect http g\n!\n");
	fx_close();
}

/* The factory's parts follow the release, the user's do not. */
static void
profiles(void)
{
	fx_open(true);
	fx_type("simulator profile pix-6.3");
	fx_shows("policy-map",
	    "!\n"
	    "policy-map global_policy\n"
	    " class inspection_default\n"
	    "  inspect dns maximum-length 512 \n"
	    "  inspect ftp \n"
	    "  inspect h323 h225 \n"
	    "  inspect h323 ras \n"
	    "  inspect http \n"
	    "  inspect rsh \n"
	    "  inspect rtsp \n"
	    "  inspect sip  \n"
	    "  inspect skinny  \n"
	    "  inspect esmtp \n"
	    "  inspect sqlnet \n"
	    "  inspect tftp \n"
	    "!\n");
	fx_fixpoint();
	fx_type("simulator profile asa-9.x");
	fx_shows("policy-map",
	    "!\n"
	    "policy-map type inspect dns preset_dns_map\n"
	    " parameters\n"
	    "  message-length maximum client auto\n"
	    "  message-length maximum 512\n"
	    "  no tcp-inspection\n"
	    "policy-map global_policy\n"
	    " class inspection_default\n"
	    "  inspect dns preset_dns_map \n"
	    "  inspect ftp \n"
	    "  inspect h323 h225 \n"
	    "  inspect h323 ras \n"
	    "  inspect ip-options \n"
	    "  inspect netbios \n"
	    "  inspect rsh \n"
	    "  inspect rtsp \n"
	    "  inspect skinny  \n"
	    "  inspect esmtp \n"
	    "  inspect sqlnet \n"
	    "  inspect sunrpc \n"
	    "  inspect tftp \n"
	    "  inspect sip  \n"
	    "  inspect xdmcp \n"
	    "!\n");
	fx_fixpoint();
	/* Touched: it stays as it is. */
	fx_type("policy-map global_policy\nclass inspection_default\n"
		"no inspect esmtp\nsimulator profile pix-6.3");
	CU_ASSERT_EQUAL(conf_policy_map_find(fx_conf, "global_policy")
			    ->classes.v[0]
			    ->inspects.n,
	    14);
	fx_fixpoint();
	fx_close();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "factory", factory },
		{ "match", match },
		{ "match address", match_address },
		{ "classes", classes },
		{ "inspections", inspections },
		{ "exemption", exemption },
		{ "maps of other protocols", kept_maps },
		{ "fixup", fixup },
		{ "regex", regexes },
		{ "criteria", criteria },
		{ "limits", limits },
		{ "actions of a class", actions },
		{ "tcp-map", tcp_maps },
		{ "checked maps", checked_maps },
		{ "profiles", profiles },
	};

	return fx_main("conf_mpf", tests, ARRAY_LEN(tests));
}
