/* SPDX-License-Identifier: ISC */
#include "device.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "files.h"
#include "rows.h"

int
device_init(struct device *d, const char *startup)
{
	static const struct engine_options options;

	memset(d, 0, sizeof(*d));
	logger_init(&d->logger);
	d->rows = rows_new();
	d->gram = rows_gram(d->rows);
	d->conf = conf_new();
	conf_load_factory(d->conf);
	d->engine = engine_new(&options);
	if (d->engine == NULL) {
		device_fini(d);
		return -1;
	}
	d->state_dir = files_state_dir();
	if (startup != NULL)
		d->startup_path = xstrdup(startup);
	else if (d->state_dir != NULL)
		d->startup_path = xasprintf("%s/startup-config", d->state_dir);
	d->saved = d->conf->generation;
	d->committed = UINT64_MAX;
	d->started = device_wall(d);
	return 0;
}

static void
forget_said(struct device *d)
{
	size_t i;

	for (i = 0; i < d->said.n; i++)
		free(d->said.v[i]);
	VEC_FREE(&d->said);
}

void
device_fini(struct device *d)
{
	logger_end(&d->logger, NULL, NULL);
	engine_free(d->engine);
	conf_free(d->conf);
	gram_free(d->gram);
	rows_free(d->rows);
	logger_fini(&d->logger);
	forget_said(d);
	free(d->state_dir);
	free(d->startup_path);
	free(d->replay_files);
	memset(d, 0, sizeof(*d));
}

uint64_t
device_wall(const struct device *d)
{
	struct timespec ts;

	if (d->fixed_clock != 0)
		return d->fixed_clock;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

uint64_t
device_now(const struct device *d)
{
	uint64_t now = engine_now(d->engine);

	return now != 0 ? now : device_wall(d);
}

const char *
device_release(const struct device *d)
{
	if (d->conf->sys.version != NULL)
		return d->conf->sys.version;
	switch (conf_profile(d->conf)) {
	case PROFILE_PIX_6_3:
		return "6.3(5)";
	case PROFILE_ASA_9_X:
		return "9.8(1)";
	default:
		return "8.2(1)";
	}
}

/* ---- committing ---- */

struct once {
	struct device *d;
	device_say *say;
	void *arg;
};

/* The engine repeats its remarks at each commit; each is shown once. */
static void
say_once(void *arg, unsigned level, const char *text)
{
	struct once *once = arg;
	struct device *d = once->d;
	size_t i;

	for (i = 0; i < d->said.n; i++) {
		if (strcmp(d->said.v[i], text) == 0)
			return;
	}
	*VEC_PUSH(&d->said) = xstrdup(text);
	if (once->say != NULL)
		once->say(once->arg, level, text);
}

static void
apply_logging(struct device *d)
{
	logger_configure(&d->logger, d->conf);
	engine_set_log(d->engine, d->logger.any ? logger_sink : NULL,
	    &d->logger, &d->logger.filter);
}

void
device_commit(struct device *d, device_say *say, void *arg)
{
	struct once once = { d, say, arg };

	if (d->committed == d->conf->generation)
		return;
	if (d->committed != UINT64_MAX)
		d->changed_at = device_now(d);
	apply_logging(d);
	engine_commit(d->engine, d->conf, say_once, &once);
	d->committed = d->conf->generation;
}

/* ---- loading and saving ---- */

/* A new configuration takes over; the generation goes on counting so that a
 * commit sees the difference. */
static void
replace_conf(struct device *d, struct conf *conf)
{
	conf->generation = MAX(conf->generation, d->conf->generation) + 1;
	conf_free(d->conf);
	d->conf = conf;
}

/* Does any line of the file begin with one of these words? */
static bool
has_line(FILE *fp, const char *const *heads, size_t n)
{
	char *line = NULL;
	size_t i, size = 0;
	bool found = false;

	while (!found && getline(&line, &size, fp) >= 0) {
		for (i = 0; i < n; i++)
			found |= strncmp(line, heads[i], strlen(heads[i])) == 0;
	}
	free(line);
	rewind(fp);
	return found;
}

/* Is this a whole running-config? The version line tells. */
static bool
is_whole_config(FILE *fp)
{
	static const char *const heads[] = { "ASA Version ", "PIX Version ",
		"FWSM Version " };

	return has_line(fp, heads, ARRAY_LEN(heads));
}

/* Does it say what is inspected? */
static bool
says_inspection(FILE *fp)
{
	static const char *const heads[] = { "class-map ", "policy-map ",
		"service-policy ", "no service-policy ", "fixup ",
		"no fixup " };

	return has_line(fp, heads, ARRAY_LEN(heads));
}

/* A whole configuration takes the place of what is there. If it is silent
 * about inspection, it is an excerpt (or comes from a release that printed no
 * defaults): the factory's policy stays, and that is said. */
static void
make_room(struct device *d, FILE *fp, enum load_as as,
    device_complain *complain, void *arg)
{
	if (as == LOAD_ADD || !is_whole_config(fp))
		return;
	if (as == LOAD_STARTUP || says_inspection(fp)) {
		replace_conf(d, conf_new());
		return;
	}
	complain(arg, CERR_INFO, 1, 1,
	    "the file has no service-policy: the factory's global_policy is "
	    "in force ('no service-policy global_policy global' ends it)");
}

/* No configuration is that long; an endless file must not eat the machine. */
enum { CONFIG_MAX = 256 << 20 };

/* Standard input cannot be read twice: its text is taken into memory. */
static FILE *
slurp(FILE *from, char **data)
{
	struct strbuf sb;
	char buf[4096];
	size_t n;

	sb_init(&sb);
	while (sb.length <= CONFIG_MAX &&
	    (n = fread(buf, 1, sizeof(buf), from)) > 0)
		sb_write(&sb, buf, n);
	if (sb.length > CONFIG_MAX) {
		sb_free(&sb);
		errno = EFBIG;
		return NULL;
	}
	if (sb.length == 0)
		sb_putc(&sb, '\n');
	*data = sb.s;
	return fmemopen(sb.s, sb.length, "r");
}

int
device_load(struct device *d, const char *path, enum load_as as,
    device_complain *complain, void *arg, unsigned *refused)
{
	struct confctx ctx;
	char *data = NULL;
	FILE *fp, *file = NULL;
	int rc = 0;

	*refused = 0;
	if (strcmp(path, "-") != 0) {
		file = fopen(path, "re");
		if (file == NULL)
			return -errno;
	}
	errno = 0;
	fp = slurp(file != NULL ? file : stdin, &data);
	if (fp == NULL || ferror(file != NULL ? file : stdin))
		rc = errno != 0 ? -errno : -EIO;
	if (file != NULL)
		fclose(file);
	if (fp == NULL || rc < 0)
		goto out;
	make_room(d, fp, as, complain, arg);
	confctx_init(&ctx);
	ctx.reading_file = true;
	*refused = conf_load(d->conf, d->gram, &ctx, fp, complain, arg);
out:
	if (fp != NULL)
		fclose(fp);
	free(data);
	return rc;
}

int
device_load_startup(
    struct device *d, device_complain *complain, void *arg, unsigned *refused)
{
	struct conf *factory = conf_new();
	int rc = -ENOENT;

	*refused = 0;
	conf_load_factory(factory);
	replace_conf(d, factory);
	if (d->startup_path != NULL)
		rc = device_load(
		    d, d->startup_path, LOAD_STARTUP, complain, arg, refused);
	d->saved = d->conf->generation;
	return rc;
}

void
device_reset(struct device *d)
{
	engine_clear_conns(d->engine);
	engine_clear_drops(d->engine);
	/* Every counter's name begins with the empty string. */
	count_clear_prefix(engine_counts(d->engine), "");
	logger_reset(&d->logger);
	forget_said(d);
	d->committed = UINT64_MAX;
	d->changed_at = 0;
	d->drops_cleared = 0;
	d->started = device_wall(d);
}

static void
add_config_line(void *arg, const char *line)
{
	sb_puts(arg, line);
	sb_putc(arg, '\n');
}

void
device_config_text(const struct device *d, bool secrets, struct strbuf *out)
{
	struct emitter em = { .gram = d->gram,
		.env = conf_tokenv(d->conf),
		.line = add_config_line,
		.arg = out,
		.secrets = secrets };

	conf_emit(d->conf, &em);
}

/* The 32 hex digits of the trailer; zeros if the text has none. */
static void
find_checksum(const char *text, char checksum[33])
{
	static const char tag[] = "Cryptochecksum:";
	const char *s = strstr(text, tag);
	size_t n = 0;

	memset(checksum, '0', 32);
	checksum[32] = '\0';
	if (s == NULL)
		return;
	s += sizeof(tag) - 1;
	while (
	    n < 32 && s[n] != '\0' && strchr("0123456789abcdef", s[n]) != NULL)
		n++;
	memcpy(checksum, s, n);
}

int
device_save(
    struct device *d, const char *path, size_t *bytes, char checksum[33])
{
	struct strbuf text;
	int rc;

	sb_init(&text);
	device_config_text(d, true, &text);
	find_checksum(sb_text(&text), checksum);
	*bytes = text.length;
	rc = files_replace(path, sb_text(&text), text.length);
	sb_free(&text);
	return rc;
}

int
device_save_startup(struct device *d, size_t *bytes, char checksum[33])
{
	int rc;

	if (d->startup_path == NULL)
		return -ENOENT;
	rc = device_save(d, d->startup_path, bytes, checksum);
	if (rc == 0)
		d->saved = d->conf->generation;
	return rc;
}

/* ---- replaying ---- */

static void
say_plural(
    device_say *say, void *arg, uint64_t n, const char *one, const char *many)
{
	char text[256];

	if (n == 0 || say == NULL)
		return;
	snprintf(text, sizeof(text), "%" PRIu64 " %s", n, n == 1 ? one : many);
	say(arg, CERR_WARNING, text);
}

int
device_replay(struct device *d, const struct replay_request *req,
    device_say *say, void *arg)
{
	struct strbuf names;
	unsigned i;
	int rc;

	device_commit(d, say, arg);
	if (engine_policy(d->engine)->bare && !d->bare_said && say != NULL) {
		say(arg, CERR_INFO,
		    "no interface is configured: every packet is taken as "
		    "permitted between two interfaces, so that a bare capture "
		    "can be inspected");
		d->bare_said = true;
	}
	memset(&d->replay, 0, sizeof(d->replay));
	logger_begin(&d->logger);
	rc = engine_replay(d->engine, req, &d->replay);
	logger_end(&d->logger, say, arg);
	sb_init(&names);
	for (i = 0; i < req->n_files; i++)
		sb_printf(&names, "%s%s", i > 0 ? " " : "", req->files[i]);
	str_set(&d->replay_files, sb_text(&names));
	sb_free(&names);
	say_plural(say, arg, d->replay.truncated,
	    "packet was cut by the capture's snap length and judged as far as "
	    "it goes",
	    "packets were cut by the capture's snap length and judged as far "
	    "as they go");
	say_plural(say, arg, d->replay.gap_bytes,
	    "byte of TCP data is missing from the capture and was not "
	    "inspected",
	    "bytes of TCP data are missing from the capture and were not "
	    "inspected");
	say_plural(say, arg, d->replay.unrouted,
	    "packet came from an address that no route covers; the ingress "
	    "interface is a guess",
	    "packets came from addresses that no route covers; the ingress "
	    "interface is a guess");
	say_plural(say, arg, d->replay.fragments,
	    "IP fragment was dropped: reassembly is not simulated",
	    "IP fragments were dropped: reassembly is not simulated");
	say_plural(say, arg, d->replay.exhausted,
	    "packet was dropped because the tables of the simulator are full; "
	    "what follows of its connection is not judged rightly",
	    "packets were dropped because the tables of the simulator are "
	    "full; what follows of their connections is not judged rightly");
	return rc;
}
