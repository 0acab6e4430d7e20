/* Functions of the provider, by a table, read the device's own structure: nothing is copied, every value is a call. */
#include "encodings.h"

typedef uint64_t (*accessor)(const struct cqe *cqe);

#define ACCESSOR(name, value) \
	static uint64_t read_##name(const struct cqe *cqe) { return value; }

ACCESSOR(wr_id, cqe->wr_id)
ACCESSOR(status, cqe->status)
ACCESSOR(opcode, cqe->opcode)
ACCESSOR(length, cqe->length)
ACCESSOR(qpn, cqe->qpn)
ACCESSOR(groups, cqe->groups)
ACCESSOR(src_qp, cqe->src_qp)
ACCESSOR(slid, cqe->slid)
ACCESSOR(pkey_index, cqe->pkey_index)
ACCESSOR(sl, cqe->sl)
ACCESSOR(immediate, cqe->immediate)
ACCESSOR(vlan, cqe->vlan)
ACCESSOR(smac, cqe->smac[5])
ACCESSOR(timestamp, cqe->timestamp)

struct table {
	accessor wr_id, status, opcode, length, qpn, groups, src_qp, slid, pkey_index, sl, immediate, vlan, smac, timestamp;
};

/* Volatile, since a program does not know which provider it will meet: the compiler must not see through it. */
static const struct table *volatile provider = &(const struct table){
	read_wr_id, read_status, read_opcode, read_length, read_qpn, read_groups, read_src_qp,
	read_slid, read_pkey_index, read_sl, read_immediate, read_vlan, read_smac, read_timestamp,
};

static size_t write_nothing(const struct cqe *cqe, uint8_t *room)
{
	(void)cqe;
	(void)room;
	return 0;
}

static size_t read_by_call(const struct cqe *cqe, const uint8_t *room, struct seen *seen)
{
	const struct table *its = provider;
	uint64_t groups;

	(void)room;
	seen->sum += its->wr_id(cqe) + its->status(cqe) + its->opcode(cqe) + its->length(cqe) + its->qpn(cqe);
	groups = its->groups(cqe);
	if (groups & ADDRESS)
		seen->sum += its->src_qp(cqe) + its->slid(cqe) + its->pkey_index(cqe) + its->sl(cqe);
	if (groups & IMMEDIATE)
		seen->sum += its->immediate(cqe);
	if (groups & ETHERNET)
		seen->sum += its->vlan(cqe) + its->smac(cqe);
	if (groups & TIME)
		seen->sum += its->timestamp(cqe);
	return sizeof(*cqe);
}

const struct encoding accessors = { "accessor functions", write_nothing, read_by_call };
