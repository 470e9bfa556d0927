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
	/* reference/esmtp.md 1.11, the order of 8.4. */
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
	    conf_class_map_find(fx_conf, "d")->match.kind, MATCH_KEPT);
	fx_type("class-map type inspect http match-any h\n"
		"match request uri length gt 10\n"
		"match not request method get\n"
		"class-map type regex match-any r\nmatch regex one");
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

/* DECISIONS, "Exemption from inspection". */
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
		"no spoof\n"
		"protocol-violation action drop-connection log");
	fx_shows("policy-map type inspect http",
	    "!\n"
	    "policy-map type inspect http h\n"
	    " parameters\n"
	    "  protocol-violation action drop-connection log\n"
	    "  no spoof\n"
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
	fx_type("fixup protocol http 8080\nfixup protocol ftp 21\n"
		"no fixup protocol ftp 21");
	fx_shows("policy-map",
	    "!\npolicy-map global_policy\n class "
	    "inspection_default\n  inspect esmtp \n!\n");
	fx_shows("service-policy", "service-policy global_policy global\n");
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
	};

	return fx_main("conf_mpf", tests, ARRAY_LEN(tests));
}
