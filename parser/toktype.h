/* SPDX-License-Identifier: ISC
 *
 * Lexeme types: what a word of a command may be.
 *
 *	INT<lo-hi>  F_U32; decimal or 0x hex
 *	NAME<max>   F_STR  a name, no blanks (max characters, default 64)
 *	IFNAME      F_STR  a name (nameif) of an interface
 *	WORD        F_STR  any one word
 *	LINE        F_STR  the rest of the line as typed
 *	IP          F_IP   IPv4 address; "0" is 0.0.0.0; a `name`
 *	IP6         F_IP   IPv6 address
 *	IPANY       F_IP   either
 *	MASK        F_IP   IPv4 mask, any bits
 *	NETMASK     F_IP   contiguous IPv4 mask
 *	PREFIX6     F_PREFIX  IPv6 prefix, X:X::X/len
 *	PORT        F_U32  TCP or UDP port, number or literal of the protocol
 *	                   read before it in the line
 *	PROTO       F_U32  IP protocol, number or literal
 *	ICMPTYPE    F_U32  ICMP type, number or literal
 *	ICMP6TYPE   F_U32  ICMPv6 type
 *	IFPAIR      F_IFPAIR  (real,mapped)
 *	IFPAREN     F_STR  (name)
 *	HMS         F_U32  hh:mm:ss as seconds
 *	HWIF        F_STR  hardware interface, made canonical: g0/0
 *	HWTYPE      F_STR  the letters of one: gi
 *	HWNUM       F_STR  the numbers of one: 0/0
 *	SECURITY    F_U32  security0 .. security100
 *	SEVERITY    F_U32  0-7 or its name, which may be cut; prints the name
 *	MSGIDS      F_STR  message number, or two: 106001-106023
 *	LOGPORT     F_STR  protocol and port of a syslog server: 17/514; udp/514
 *	DSCP        F_U32  0-63 or its name: af11, ef
 *	PRECEDENCE  F_U32  0-7 or its name: routine
 */
#ifndef ASASIM_TOKTYPE_H
#define ASASIM_TOKTYPE_H

#include "gram.h"

/* A lexeme in a syntax: its type and parameters. */
struct lexspec {
	const struct toktype *type;
	uint64_t lo, hi;
};

/* State that earlier words of the same line leave for later ones. */
struct tokctx {
	const struct tokenv *env;
	unsigned proto; /* of the last PROTO or tcp/udp keyword, 0 = none */
};

struct toktype {
	const char *name;
	enum field_kind kind;
	uint64_t lo, hi;   /* parameter if the syntax gives none */
	unsigned specific; /* 1 (anything) .. 4: preferred when several fit */
	bool to_end;       /* takes the rest of the line */
	/* Could this word be one? Cheap; no context but env. */
	bool (*check)(const struct lexspec *lex, const struct word *w,
	    const struct tokenv *env);
	/* Stores the value. False with *e set (text may stay empty). */
	bool (*parse)(const struct lexspec *lex, const struct words *ws,
	    unsigned tok, struct tokctx *ctx, void *field, struct cerr *e);
	void (*print)(const struct lexspec *lex, const void *field,
	    struct tokctx *ctx, struct strbuf *out);
	/* How `?` shows it, into buf. */
	void (*hint)(const struct lexspec *lex, char *buf, size_t size);
};

/* toktype_qos.c; ends with a NULL name. */
extern const struct toktype toktypes_qos[];

const struct toktype *toktype_find(const char *name, size_t length);
size_t field_size(enum field_kind kind);

#endif
