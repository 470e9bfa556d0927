/* SPDX-License-Identifier: ISC */
#include "glossary.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

struct entry {
	const char *word, *help;
};

/* Sorted. */
/* clang-format off */
static const struct entry words[] = {
	{ "action", "What to do" },
	{ "ah", "Authentication header" },
	{ "allow", "Let it pass" },
	{ "answer", "Answer section" },
	{ "apn", "Access point name" },
	{ "args", "Arguments of the request" },
	{ "auto", "Out of the packets themselves" },
	{ "body", "Body of the message" },
	{ "call-agent", "Call agent" },
	{ "call-duration-limit", "Longest duration of a call" },
	{ "called-party", "Called party" },
	{ "calling-party", "Calling party" },
	{ "class", "Class of criteria or expressions" },
	{ "clear", "Clear the option and let the packet pass" },
	{ "client", "From the client" },
	{ "content", "Content of the message" },
	{ "content-type", "Content type" },
	{ "count", "Number" },
	{ "description", "Description" },
	{ "dns-class", "Class of a DNS query or resource record" },
	{ "dns-guard", "One answer for each query" },
	{ "dns-type", "Type of a DNS query or resource record" },
	{ "domain-name", "Domain name" },
	{ "drop", "Drop the packet" },
	{ "drop-connection", "Drop the packet and close the connection" },
	{ "duration", "Seconds" },
	{ "endpoint-mapper", "Endpoint mapper" },
	{ "enforce-payloadtype", "Hold the payload to audio or video as negotiated" },
	{ "enforce-registration", "Register before calls" },
	{ "enforce-tsig", "Demand a TSIG record" },
	{ "eq", "Equal to" },
	{ "esp", "Encapsulating security payload" },
	{ "filename", "File name" },
	{ "filetype", "File type" },
	{ "gateway", "Gateway" },
	{ "gt", "Greater than" },
	{ "header", "Header of the message" },
	{ "header-flag", "Flags of the DNS header" },
	{ "host", "Host" },
	{ "id", "Identifier" },
	{ "id-mismatch", "Log answers whose id fits no query" },
	{ "id-randomization", "Randomize the id of queries" },
	{ "im", "Instant messaging" },
	{ "im-subscriber", "Subscriber" },
	{ "ip-address", "Client address" },
	{ "ip-address-privacy", "Hide the addresses" },
	{ "length", "Length" },
	{ "log", "Generate a log message" },
	{ "login-name", "Client login name" },
	{ "mask", "Mask the matching part" },
	{ "mask-banner", "Mask the server's greeting" },
	{ "mask-syst-reply", "Mask the answer to SYST" },
	{ "match", "Configure criteria" },
	{ "max", "Greatest value" },
	{ "max-forwards-validation", "Max-Forwards is 0" },
	{ "maximum", "Greatest length" },
	{ "media", "Media connections" },
	{ "media-type", "Media type" },
	{ "message", "Message" },
	{ "message-id", "Message identifier" },
	{ "message-length", "Length of a message" },
	{ "message-path", "Via header" },
	{ "method", "Method of the request" },
	{ "min", "Smallest value" },
	{ "mismatch", "Response does not fit the request" },
	{ "nat-rewrite", "Translate addresses of A records" },
	{ "non-ascii", "Characters that are not ASCII" },
	{ "not", "Negate this criterion" },
	{ "parameters", "Parameters of the inspection" },
	{ "peer-ip-address", "Peer address" },
	{ "peer-login-name", "Peer login name" },
	{ "per-client-max", "Connections of one client" },
	{ "permit", "Let pass" },
	{ "protocol", "Protocol" },
	{ "protocol-enforcement", "Check the format of messages" },
	{ "protocol-violation", "What breaks the protocol" },
	{ "question", "Question section" },
	{ "range", "Range" },
	{ "rate-limit", "Limit the rate of messages" },
	{ "regex", "Regular expression" },
	{ "req-resp", "Request and response" },
	{ "request", "Request" },
	{ "request-command", "FTP command" },
	{ "request-method", "Method of the request" },
	{ "reset", "Drop the packet, close the connection and send a TCP reset" },
	{ "resource-record", "Section of resource records" },
	{ "response", "Response" },
	{ "routing-address", "Addresses in the routing header" },
	{ "routing-type", "Type of the routing header" },
	{ "rtp-conformance", "Check RTP packets" },
	{ "server", "Server" },
	{ "service", "Service" },
	{ "signaling", "Signalling connections" },
	{ "software-version", "Server and User-Agent headers" },
	{ "spoof-server", "What to put for the Server header" },
	{ "state-checking", "Check the order of messages" },
	{ "status-line", "Status line" },
	{ "strict-header-validation", "Check the headers" },
	{ "tcp-inspection", "Inspect DNS over TCP" },
	{ "third-party-registration", "Registration on behalf of another" },
	{ "timeout", "Idle timeout" },
	{ "traffic-non-sip", "Let other traffic pass on the port" },
	{ "tsig", "TSIG record" },
	{ "type", "Type" },
	{ "uri", "URI" },
	{ "uri-non-sip", "URI that is no SIP URI" },
	{ "url-filter", "URL" },
	{ "url-length-limit", "Longest URL" },
	{ "username", "User name" },
	{ "uuid", "Interface identifier" },
	{ "verify-header", "Check the extension headers" },
	{ "version", "Version" },
};

static const struct entry lexemes[] = {
	{ "HMS", "Time" },
	{ "INT", "Number" },
	{ "IP", "Address" },
	{ "LINE", "Text" },
	{ "MASK", "Mask" },
	{ "NAME", "Name" },
};
/* clang-format on */

static int
compare(const void *key, const void *entry)
{
	return strcmp(key, ((const struct entry *)entry)->word);
}

const char *
glossary_word(const char *word)
{
	const struct entry *e =
	    bsearch(word, words, ARRAY_LEN(words), sizeof(words[0]), compare);

	return e != NULL ? e->help : word;
}

const char *
glossary_lexeme(const char *type)
{
	const struct entry *e = bsearch(
	    type, lexemes, ARRAY_LEN(lexemes), sizeof(lexemes[0]), compare);

	return e != NULL ? e->help : "Value";
}
