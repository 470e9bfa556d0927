/* SPDX-License-Identifier: ISC */
#include "conf_fixture.h"
#include "hwname.h"

static void
hardware_names(void)
{
	static const struct {
		const char *typed, *canonical;
	} cases[] = {
		{ "g0/0", "GigabitEthernet0/0" },
		{ "GIGABITETHERNET0/1", "GigabitEthernet0/1" },
		{ "gi0/1.10", "GigabitEthernet0/1.10" },
		{ "e0", "Ethernet0" },
		{ "ethernet1", "Ethernet1" },
		{ "Ethernet1/1/4", "Ethernet1/1/4" },
		{ "f0/00", "FastEthernet0/0" },
		{ "m0/0", "Management0/0" },
		{ "vlan10", "Vlan10" },
		{ "po1", "Port-channel1" },
		{ "te0/8", "TenGigabitEthernet0/8" },
		{ "gb-ethernet0", "gb-ethernet0" },
		{ "inside", NULL },
		{ "Gi", NULL },
		{ "Gi0/", NULL },
		{ "Gi0/0.", NULL },
		{ "Gi0/0x", NULL },
		{ "0/0", NULL },
		{ "Gi0/0/0/0", NULL },
		{ "Gi99999999999", NULL },
	};
	char buf[HWNAME_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		bool ok = hw_canonical(cases[i].typed, buf);

		CU_ASSERT_EQUAL(ok, cases[i].canonical != NULL);
		if (ok && cases[i].canonical != NULL)
			CU_ASSERT_STRING_EQUAL(buf, cases[i].canonical);
	}
}

static void
interface(void)
{
	fx_open(false);
	fx_type("interface gi 0/0");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-if");
	fx_type("nameif OutSide");
	fx_says("INFO: Security level for \"OutSide\" set to 0 by default.");
	fx_type("int g0/1\nnameif INSIDE");
	fx_says("INFO: Security level for \"INSIDE\" set to 100 by default.");
	fx_type("ip add 10.0.0.1 255.255.255.0 standby 10.0.0.2\n"
		"ipv6 address 2001:db8::1/64\nipv6 enable\n"
		"description the  inside \nspeed 100\nspeed 1000\n"
		"duplex full\nno shutdown\n"
		"interface Management0/0\nmanagement-only\nshutdown\n"
		"nameif mgmt\nsecurity-level 50\n"
		"ip address dhcp setroute\n"
		"interface g0/2");
	fx_shows("interface",
	    "!\n"
	    "interface GigabitEthernet0/0\n"
	    " nameif OutSide\n"
	    " security-level 0\n"
	    " no ip address\n"
	    "!\n"
	    "interface GigabitEthernet0/1\n"
	    " description the  inside\n"
	    " speed 1000\n"
	    " duplex full\n"
	    " nameif INSIDE\n"
	    " security-level 100\n"
	    " ip address 10.0.0.1 255.255.255.0 standby "
	    "10.0.0.2 \n"
	    " ipv6 address 2001:db8::1/64\n"
	    " ipv6 enable\n"
	    "!\n"
	    "interface Management0/0\n"
	    " management-only\n"
	    " shutdown\n"
	    " nameif mgmt\n"
	    " security-level 50\n"
	    " ip address dhcp setroute \n"
	    "!\n"
	    "interface GigabitEthernet0/2\n"
	    " no nameif\n"
	    " no security-level\n"
	    " no ip address\n");
	fx_fixpoint();
	fx_refuse("nameif mgmt", 0,
	    "interface name \"mgmt\" is already in use by Management0/0");
	fx_refuse("security-level 101", 15, NULL);
	fx_refuse("ip address 10.0.0.256 255.0.0.0", 11, NULL);
	fx_refuse("ip address 10.0.0.1 255.0.255.0", 20, NULL);
	fx_refuse("ip address 10.0.0.0 255.0.0.0", 0,
	    "10.0.0.0 255.0.0.0 is the network address, not a host's");
	fx_refuse("ip address 10.255.255.255 255.0.0.0", 0,
	    "10.255.255.255 255.0.0.0 is the broadcast address");
	fx_refuse("ip address 10.0.0.1 255.255.255.0 standby 10.0.1.1", 0,
	    "the standby address is not in the same network");
	fx_refuse("vlan 5", 1, NULL);
	fx_type("interface g0/1\nno ip address\nno speed\nno description\n"
		"no ipv6 address 2001:db8::1/64\nno ipv6 enable\nno duplex");
	fx_shows("interface INSIDE",
	    "!\n"
	    "interface GigabitEthernet0/1\n"
	    " nameif INSIDE\n"
	    " security-level 100\n"
	    " no ip address\n");
	fx_close();
}

static void
subinterface(void)
{
	fx_open(false);
	fx_type("interface g0/0.10");
	CU_ASSERT_STRING_EQUAL(fx_ctx.mode->prompt, "config-subif");
	fx_type("vlan 10\nnameif dmz\nip address 10.0.0.1 255.0.0.0");
	fx_type("interface g0/0.20");
	fx_refuse(
	    "vlan 10", 0, "VLAN 10 is already in use by GigabitEthernet0/0.10");
	fx_refuse("vlan 4095", 5, NULL);
	fx_shows("interface g0/0.10",
	    "!\n"
	    "interface GigabitEthernet0/0.10\n"
	    " vlan 10\n"
	    " nameif dmz\n"
	    " security-level 0\n"
	    " ip address 10.0.0.1 255.0.0.0 \n");
	fx_type("exit");
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_config);
	fx_fixpoint();
	fx_close();
}

/* Two ways to say the same. */
static void
pix(void)
{
	fx_open(false);
	fx_type("interface ethernet0 auto\n"
		"interface ethernet1 100full shutdown\n"
		"nameif ethernet0 outside security0\n"
		"nameif ethernet1 inside security90\n"
		"ip address outside 1.2.3.4 255.255.255.0\n"
		"ip address inside dhcp setroute retry 10");
	CU_ASSERT_PTR_EQUAL(fx_ctx.mode, &mode_config);
	fx_shows("interface",
	    "!\n"
	    "interface Ethernet0\n"
	    " nameif outside\n"
	    " security-level 0\n"
	    " ip address 1.2.3.4 255.255.255.0 \n"
	    "!\n"
	    "interface Ethernet1\n"
	    " speed 100\n"
	    " duplex full\n"
	    " shutdown\n"
	    " nameif inside\n"
	    " security-level 90\n"
	    " ip address dhcp setroute retry 10 \n");
	fx_fixpoint();
	fx_type("no ip address inside");
	fx_refuse("ip address nowhere 1.2.3.4 255.0.0.0", 11, NULL);
	fx_refuse("nameif ethernet2 outside security5", 0,
	    "interface name \"outside\" is already in use by Ethernet0");
	fx_close();
}

static void
routes(void)
{
	fx_open(false);
	fx_type("interface g0/0\nnameif outside\nexit\n"
		"route outside 0 0 192.0.2.1\n"
		"route outside 10.0.0.0 255.0.0.0 192.0.2.2 5 track 1\n"
		"ipv6 route outside ::/0 2001:db8::1");
	fx_shows("route",
	    "route outside 0.0.0.0 0.0.0.0 192.0.2.1 1\n"
	    "route outside 10.0.0.0 255.0.0.0 192.0.2.2 5 track 1\n"
	    "ipv6 route outside ::/0 2001:db8::1 1\n");
	fx_fixpoint();
	fx_refuse("route inside 0 0 1.1.1.1", 6, NULL);
	fx_refuse("route outside 10.1.1.1 255.0.0.0 1.1.1.1", 0,
	    "IP address,mask <10.1.1.1,255.0.0.0> doesn't pair");
	fx_refuse(
	    "no route outside 0 0 1.1.1.1", 0, "%No matching route to delete");
	fx_type("no route outside 0 0 192.0.2.1 1\n"
		"route outside 10.0.0.0 255.0.0.0 192.0.2.2 7");
	fx_shows("route",
	    "route outside 10.0.0.0 255.0.0.0 192.0.2.2 7\n"
	    "ipv6 route outside ::/0 2001:db8::1 1\n");
	/* A new name moves what refers to it, `no nameif` removes it. */
	fx_type("interface g0/0\nnameif wan");
	fx_shows("route",
	    "route wan 10.0.0.0 255.0.0.0 192.0.2.2 7\n"
	    "ipv6 route wan ::/0 2001:db8::1 1\n");
	fx_type("no nameif");
	fx_shows("route", "");
	fx_close();
}

int
main(void)
{
	static const struct fx_test tests[] = {
		{ "hardware names", hardware_names },
		{ "interface", interface },
		{ "sub-interface", subinterface },
		{ "PIX 6", pix },
		{ "routes", routes },
	};

	return fx_main("conf_iface", tests, ARRAY_LEN(tests));
}
