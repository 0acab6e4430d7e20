/* One structure that gets every new value at its end. Every completion carries, and every program copies, all of it. */
#include <string.h>

#include "encodings.h"

struct grown {
	uint64_t wr_id;
	uint32_t status, opcode, length, qpn, flags;
	uint32_t src_qp;
	uint16_t slid, pkey_index;
	uint32_t sl;
	uint32_t immediate;
	uint16_t vlan;
	uint8_t smac[6];
	uint64_t timestamp;
};

static size_t write_grown(const struct cqe *cqe, uint8_t *room)
{
	struct grown *wc = (struct grown *)room;

	*wc = (struct grown){
		.wr_id = cqe->wr_id, .status = cqe->status, .opcode = cqe->opcode, .length = cqe->length,
		.qpn = cqe->qpn, .flags = cqe->groups, .src_qp = cqe->src_qp, .slid = cqe->slid,
		.pkey_index = cqe->pkey_index, .sl = cqe->sl, .immediate = cqe->immediate, .vlan = cqe->vlan,
		.timestamp = cqe->timestamp,
	};
	memcpy(wc->smac, cqe->smac, sizeof(wc->smac));
	return sizeof(*wc);
}

static size_t read_grown(const struct cqe *cqe, const uint8_t *room, struct seen *seen)
{
	const struct grown *wc = (const struct grown *)room;

	(void)cqe;
	seen->sum += wc->wr_id + wc->status + wc->opcode + wc->length + wc->qpn;
	if (wc->flags & ADDRESS)
		seen->sum += wc->src_qp + wc->slid + wc->pkey_index + wc->sl;
	if (wc->flags & IMMEDIATE)
		seen->sum += wc->immediate;
	if (wc->flags & ETHERNET)
		seen->sum += wc->vlan + wc->smac[5];
	if (wc->flags & TIME)
		seen->sum += wc->timestamp;
	return sizeof(*wc);
}

const struct encoding growing = { "one growing structure", write_grown, read_grown };
