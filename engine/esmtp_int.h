/* SPDX-License-Identifier: ISC
 *
 * What the files of ESMTP inspection share: insp_esmtp.c (the contract,
 * messages, replies), esmtp_cmd.c (commands and addresses), esmtp_match.c
 * (match lines, counters, log lines). Nobody else includes this.
 *
 * Facts reach the policy by three functions:
 *
 *	esmtp_judge()	something is a fact now: a verb, an address, a length
 *	esmtp_grown()	lengths and counts grew: match lines apply at the byte
 *			that passes their limit, so it is that segment that goes
 *	esmtp_settled()	a length or count is final: `match not` applies now
 *
 * A new criterion is one such call. Match lines of one criterion are tried in
 * the map's order, criteria in the order in which the protocol brings them up;
 * drop-connection and reset end the search, log and mask do not (ASA Firewall
 * CLI guide, "Inspection Policy Maps").
 */
#ifndef ASASIM_ESMTP_INT_H
#define ASASIM_ESMTP_INT_H

#include "insp_esmtp.h"
#include "mime.h"
#include "smtp.h"

/* Match lines with a rate-limit that each have a count of their own; later ones
 * share the last. */
enum { RATE_SLOTS = 32 };

struct esmtp_state {
	const struct esmtp_policy *p;
	struct smtp smtp;
	struct mime mime;

	/* Bytes the last call left, and a verdict on bytes to come: what was
	 * before the offending byte passes first. */
	size_t held[2];
	struct insp_result due[2];
	bool closed;

	/* the line whose tail goes by */
	bool mask_tail;
	enum { TAIL_PLAIN, TAIL_BANNER, TAIL_PARAMETER } reply_tail;
	char letter; /* of the next masked EHLO line */

	/* the transaction */
	uint32_t message; /* number of the one that mime walks */
	uint32_t rcpts, refused, to_fields;
	bool has_size;
	uint64_t size, text_length; /* declared, actual */
	bool sender_inside;         /* of mail-relay's domain */
	bool mail_sent;             /* no other MAIL should open one now */
	bool mail_accepted;         /* it is open */
	/* of a MAIL that may do so after all */
	uint32_t nested_rcpts; /* before it */
	bool nested_inside;

	struct {
		uint32_t match; /* index + 1 */
		uint32_t count;
		uint64_t second;
	} rate[RATE_SLOTS];
};

/* One call of data(). */
struct esmtp_call {
	struct esmtp_state *s;
	const struct esmtp_policy *p;
	struct insp_ctx *ctx;
	enum dir dir;
	bool mask;       /* a match line masks what is being judged */
	uint64_t offset; /* esmtp_grown(): of the byte that passed a limit */
};

struct esmtp_growth {
	enum esmtp_criterion criterion;
	uint64_t from, to;
};

/* Addresses for a log line: from the sender of the bytes to its peer. */
struct esmtp_names {
	char from[IP_TEXT_SIZE], to[IP_TEXT_SIZE];
	const char *from_if, *to_if;
	unsigned from_port, to_port;
};

/* Counts a drop or edit that no match line owns. */
void esmtp_note(const struct esmtp_call *c, enum esmtp_event e);

/* Would this message be seen? If not, its arguments need no formatting. */
bool esmtp_logging(const struct esmtp_call *c, enum evlog_id ev);
void esmtp_names(
    struct esmtp_names *n, const struct insp_flow *f, enum dir dir);

/* The connection ends: 507003. Returns v. */
enum insp_verdict esmtp_terminate(struct esmtp_call *c, enum insp_verdict v);

enum insp_verdict esmtp_judge(struct esmtp_call *c,
    enum esmtp_criterion criterion, uint64_t value, const void *text,
    size_t length);
enum insp_verdict esmtp_grown(
    struct esmtp_call *c, const struct esmtp_growth *g, size_t n);
enum insp_verdict esmtp_grown_by_one(
    struct esmtp_call *c, enum esmtp_criterion criterion, uint32_t *value);
enum insp_verdict esmtp_settled(
    struct esmtp_call *c, enum esmtp_criterion criterion, uint64_t value);
/* A line of `parameters` applies. */
enum insp_verdict esmtp_parameter(struct esmtp_call *c, count_t count,
    bool drop, bool log, const char *further);
bool esmtp_is_terminal(const struct esmtp_match *m);

/* Masking is byte for byte; line ends stay. */
void esmtp_mask_x(uint8_t *b, size_t n);

/* What all recipients of a transaction had in common is over. */
void esmtp_transaction_over(struct esmtp_state *s);
void esmtp_mail_answered(struct esmtp_state *s, bool accepted);

enum insp_verdict esmtp_command(
    struct esmtp_call *c, uint8_t *b, size_t n, const struct smtp_event *ev);
enum insp_verdict esmtp_typed(
    struct esmtp_call *c, uint8_t *b, const struct smtp_event *ev);

#endif
