/* Each completion made anew of single values, as many as it has: nothing is carried for nothing, every value is a question. */
#include <string.h>

#include "encodings.h"

/* Bit by value, in the order in which they are written. */
enum value { SRC_QP, SLID, PKEY_INDEX, SL, IMM, VLAN, SMAC, TIMESTAMP, VALUES };

static const uint8_t width_of[VALUES] = { 4, 4, 4, 4, 4, 4, 8, 8 };
static const uint8_t group_of[VALUES] = { ADDRESS, ADDRESS, ADDRESS, ADDRESS, IMMEDIATE, ETHERNET, ETHERNET, TIME };

struct head {
	uint64_t wr_id;
	uint32_t has, status, opcode, length, qpn, unused;
};

static uint64_t value_of(const struct cqe *cqe, enum value value)
{
	switch (value) {
	case SRC_QP: return cqe->src_qp;
	case SLID: return cqe->slid;
	case PKEY_INDEX: return cqe->pkey_index;
	case SL: return cqe->sl;
	case IMM: return cqe->immediate;
	case VLAN: return cqe->vlan;
	case SMAC: return cqe->smac[5];
	default: return cqe->timestamp;
	}
}

static size_t write_anew(const struct cqe *cqe, uint8_t *room)
{
	struct head *head = (struct head *)room;
	size_t at = sizeof(*head);

	*head = (struct head){ cqe->wr_id, 0, cqe->status, cqe->opcode, cqe->length, cqe->qpn, 0 };
	for (enum value value = 0; value < VALUES; value++) {
		uint64_t number = value_of(cqe, value);

		if (!(cqe->groups & group_of[value]))
			continue;
		head->has |= 1u << value;
		memcpy(room + at, &number, width_of[value]);
		at += width_of[value];
	}
	return at;
}

static size_t read_anew(const struct cqe *cqe, const uint8_t *room, struct seen *seen)
{
	const struct head *head = (const struct head *)room;
	size_t at = sizeof(*head);

	(void)cqe;
	seen->sum += head->wr_id + head->status + head->opcode + head->length + head->qpn;
	for (enum value value = 0; value < VALUES; value++) {
		uint64_t number = 0;

		if (!(head->has & 1u << value))
			continue;
		memcpy(&number, room + at, width_of[value]);
		seen->sum += number;
		at += width_of[value];
	}
	return at;
}

const struct encoding rewritten = { "every completion anew", write_anew, read_anew };
