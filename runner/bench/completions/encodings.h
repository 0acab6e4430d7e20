/*
 * One completion as a device writes it, and the four ways to show it to a program that the mails name (note 0073).
 * Every way tells the same: the common part always, and groups of values where the completion has them.
 */
#ifndef ENCODINGS_H
#define ENCODINGS_H

#include <stddef.h>
#include <stdint.h>

/* Groups of optional values; the bits of Ledford's magic word above the version. */
enum group { ADDRESS = 1, IMMEDIATE = 2, ETHERNET = 4, TIME = 8 };
#define GROUPS 4
#define COMBINATIONS (1 << GROUPS)
#define VERSION 1

/* As the device has it: big enough for all, and in an order of its own. */
struct cqe {
	uint32_t qpn, src_qp;
	uint64_t wr_id;
	uint32_t length, immediate;
	uint16_t slid, pkey_index, vlan;
	uint8_t status, opcode, sl, groups;
	uint8_t smac[6];
	uint64_t timestamp;
};

/* What a program makes of a completion: that every value was read. */
struct seen {
	uint64_t sum;
};

/* Writes one completion into `room` and returns its bytes; 0 where nothing is written at all. */
typedef size_t (*writer)(const struct cqe *cqe, uint8_t *room);
/* Reads it again: from `room`, or from the device's own. Returns the bytes read, 0 where it is not of this version. */
typedef size_t (*reader)(const struct cqe *cqe, const uint8_t *room, struct seen *seen);

struct encoding {
	const char *name;
	writer write;
	reader read;
};

extern const struct encoding growing, accessors, rewritten, parts;

#define MOST_BYTES 128

#endif
