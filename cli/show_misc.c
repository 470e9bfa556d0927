/* SPDX-License-Identifier: ISC
 *
 * show version, clock, hostname, mode, firewall.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "session.h"
#include "version.h"

/* "15:00:51.439 UTC Wed May 1 2024": no leading zero in the day. */
const char *
clock_stamp(uint64_t ns, char *buf, size_t size)
{
	time_t seconds = (time_t)(ns / 1000000000u);
	unsigned ms = (unsigned)(ns / 1000000u % 1000u);
	char day[8], month[8];
	struct tm tm;

	buf[0] = '\0';
	if (gmtime_r(&seconds, &tm) == NULL)
		return buf;
	strftime(day, sizeof(day), "%a", &tm);
	strftime(month, sizeof(month), "%b", &tm);
	snprintf(buf, size, "%02d:%02d:%02d.%03u UTC %s %s %d %d", tm.tm_hour,
	    tm.tm_min, tm.tm_sec, ms, day, month, tm.tm_mday,
	    tm.tm_year + 1900);
	return buf;
}

static void
show_clock(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	char stamp[64];

	out_printf(&s->out, "%s\n",
	    clock_stamp(device_now(s->device), stamp, sizeof(stamp)));
}

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* "4 hours 36 mins": the two largest units. */
static void
print_uptime(struct session *s)
{
	uint64_t now = device_wall(s->device);
	uint64_t t = now > s->device->started
	    ? (now - s->device->started) / 1000000000u
	    : 0;
	uint64_t d = t / 86400, h = t / 3600 % 24, m = t / 60 % 60;
	const char *host = s->device->conf->sys.hostname;

	out_printf(&s->out, "%s up ", host != NULL ? host : "ciscoasa");
	if (d > 0)
		out_printf(&s->out, "%" PRIu64 " day%s %" PRIu64 " hour%s\n", d,
		    plural(d), h, plural(h));
	else if (h > 0)
		out_printf(&s->out, "%" PRIu64 " hour%s %" PRIu64 " min%s\n", h,
		    plural(h), m, plural(m));
	else
		out_printf(&s->out, "%" PRIu64 " min%s %" PRIu64 " sec%s\n", m,
		    plural(m), t % 60, plural(t % 60));
}

/* The product's own name; the words that clients look for are the device's:
 * "Version X", "image file is", "H up", "Hardware:", "Serial Number:". */
static void
show_version(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const struct conf *c = s->device->conf;
	char stamp[64];
	size_t i, n = 0;

	out_printf(&s->out,
	    "\n"
	    "asasim Security Appliance Simulator Software Version %s \n"
	    "Simulator release %s\n"
	    "\n"
	    "System image file is \"disk0:/asasim\"\n"
	    "Config file at boot was \"startup-config\"\n"
	    "\n",
	    device_release(s->device), ASASIM_VERSION);
	print_uptime(s);
	out_puts(&s->out,
	    "\n"
	    "Hardware:   asasim, 64 MB RAM, CPU simulated\n"
	    "Internal ATA Compact Flash, 64MB\n"
	    "\n"
	    "\n");
	for (i = 0; i < c->ifaces.n; i++) {
		if (!c->ifaces.v[i]->subinterface)
			out_printf(&s->out,
			    "%2zu: Ext: %-20s: address is 0200.0000.%04zx, "
			    "irq 0\n",
			    n, c->ifaces.v[i]->hw, n + 1);
		n += !c->ifaces.v[i]->subinterface;
	}
	out_puts(&s->out,
	    n > 0 ? "\nSerial Number: SIM0000000\n"
		  : "Serial Number: SIM0000000\n");
	if (s->device->changed_at != 0)
		out_printf(&s->out,
		    "Configuration last modified by enable_15 at %s\n",
		    clock_stamp(s->device->changed_at, stamp, sizeof(stamp)));
	else
		out_puts(&s->out,
		    "Configuration has not been modified since last system "
		    "restart.\n");
}

static void
show_hostname(void *session, const struct row *row UNUSED, void *args UNUSED,
    bool no UNUSED)
{
	struct session *s = session;
	const char *host = s->device->conf->sys.hostname;

	out_printf(&s->out, "%s\n", host != NULL ? host : "ciscoasa");
}

static void
show_text(
    void *session, const struct row *row, void *args UNUSED, bool no UNUSED)
{
	struct session *s = session;

	out_puts(&s->out, row->data);
}

/* clang-format off */
#define SHOW_HELP "Show running system information\n"
static const struct row rows[] = {
	{ &mode_exec, "show version",
	  SHOW_HELP
	  "Software version, hardware, time since start\n",
	  .exec = show_version, .flags = ROW_NO_NO | ROW_PAGED | ROW_USER },
	{ &mode_exec, "show clock",
	  SHOW_HELP
	  "The capture's time, or the machine's\n",
	  .exec = show_clock, .flags = ROW_NO_NO | ROW_PAGED | ROW_USER },
	{ &mode_exec, "show hostname",
	  SHOW_HELP
	  "Host name\n",
	  .exec = show_hostname, .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show mode",
	  SHOW_HELP
	  "Security context mode\n",
	  .exec = show_text, .data = "Security context mode: single \n",
	  .flags = ROW_NO_NO | ROW_PAGED },
	{ &mode_exec, "show firewall",
	  SHOW_HELP
	  "Firewall mode\n",
	  .exec = show_text, .data = "Firewall mode: Router\n",
	  .flags = ROW_NO_NO | ROW_PAGED },
};
/* clang-format on */
const struct row_set rows_show_misc = { rows, ARRAY_LEN(rows) };
