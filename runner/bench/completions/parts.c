/* Ledford's: a base structure whose magic word has the version in its low 8 bits, and a bit for each part that follows. */
#include <string.h>

#include "encodings.h"

struct base {
	uint64_t wr_id;
	uint32_t magic, status, opcode, length, qpn, unused;
};

struct address {
	uint32_t src_qp;
	uint16_t pkey_index, slid;
	uint32_t sl, unused;
};

struct immediate {
	uint32_t data, unused;
};

struct ethernet {
	uint8_t smac[6];
	uint16_t vlan;
};

struct moment {
	uint64_t timestamp;
};

#define FLAG(group) ((uint32_t)(group) << 8)

static size_t write_parts(const struct cqe *cqe, uint8_t *room)
{
	size_t at = sizeof(struct base);

	*(struct base *)room = (struct base){
		cqe->wr_id, VERSION | FLAG(cqe->groups), cqe->status, cqe->opcode, cqe->length, cqe->qpn, 0,
	};
	if (cqe->groups & ADDRESS) {
		*(struct address *)(room + at) = (struct address){ cqe->src_qp, cqe->pkey_index, cqe->slid, cqe->sl, 0 };
		at += sizeof(struct address);
	}
	if (cqe->groups & IMMEDIATE) {
		*(struct immediate *)(room + at) = (struct immediate){ cqe->immediate, 0 };
		at += sizeof(struct immediate);
	}
	if (cqe->groups & ETHERNET) {
		struct ethernet *part = (struct ethernet *)(room + at);

		part->vlan = cqe->vlan;
		memcpy(part->smac, cqe->smac, sizeof(part->smac));
		at += sizeof(*part);
	}
	if (cqe->groups & TIME) {
		*(struct moment *)(room + at) = (struct moment){ cqe->timestamp };
		at += sizeof(struct moment);
	}
	return at;
}

static size_t read_parts(const struct cqe *cqe, const uint8_t *room, struct seen *seen)
{
	const struct base *base = (const struct base *)room;
	size_t at = sizeof(*base);

	(void)cqe;
	if ((base->magic & 0xff) != VERSION)
		return 0;
	seen->sum += base->wr_id + base->status + base->opcode + base->length + base->qpn;
	if (base->magic & FLAG(ADDRESS)) {
		const struct address *part = (const struct address *)(room + at);

		seen->sum += part->src_qp + part->slid + part->pkey_index + part->sl;
		at += sizeof(*part);
	}
	if (base->magic & FLAG(IMMEDIATE)) {
		seen->sum += ((const struct immediate *)(room + at))->data;
		at += sizeof(struct immediate);
	}
	if (base->magic & FLAG(ETHERNET)) {
		const struct ethernet *part = (const struct ethernet *)(room + at);

		seen->sum += part->vlan + part->smac[5];
		at += sizeof(*part);
	}
	if (base->magic & FLAG(TIME)) {
		seen->sum += ((const struct moment *)(room + at))->timestamp;
		at += sizeof(struct moment);
	}
	return at;
}

const struct encoding parts = { "a base and versioned parts", write_parts, read_parts };
