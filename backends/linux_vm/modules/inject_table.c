// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * The core's table of queue pair transitions, found out through the one question it answers: is this mask of
 * attributes fine for this type and these states? A pair of states and a type accept the masks between what is
 * required and what is required or optional. So one accepted mask is enough to find both, and the smallest one is
 * looked for among the masks of up to MOST attributes, which is more than any transition requires.
 */
#include <linux/bitops.h>
#include <linux/sched/signal.h>

#include "inject.h"

#define MOST 6

/* The bits beside STATE, counted from 0: those from CUR_STATE to DEST_QPN, and RATE_LIMIT. */
#define BITS 21

static const char *const states[] = { "RESET", "INIT", "RTR", "RTS", "SQD", "SQE", "ERR" };

static const struct {
	const char *name;
	enum ib_qp_type type;
} types[] = {
	{ "SMI", IB_QPT_SMI }, { "GSI", IB_QPT_GSI }, { "RC", IB_QPT_RC }, { "UC", IB_QPT_UC }, { "UD", IB_QPT_UD },
	{ "RAW_PACKET", IB_QPT_RAW_PACKET }, { "XRC_INI", IB_QPT_XRC_INI }, { "XRC_TGT", IB_QPT_XRC_TGT },
};

struct cell {
	enum ib_qp_type type;
	enum ib_qp_state from, to;
	u32 required, optional;
};

static bool accepted(const struct cell *cell, u32 mask)
{
	return ib_modify_qp_is_ok(cell->from, cell->to, cell->type, mask | IB_QP_STATE);
}

/* The mask of the chosen bits. */
static u32 spread(u32 chosen)
{
	return (chosen & GENMASK(BITS - 2, 0)) << 1 | (chosen >> (BITS - 1)) * IB_QP_RATE_LIMIT;
}

/* An accepted mask with as few attributes as there is: 0, -ENOENT, or -EINTR. */
static int smallest(const struct cell *cell, u32 *mask)
{
	unsigned int size;
	u32 chosen;

	for (size = 0; size <= MOST; size++) {
		chosen = size ? BIT(size) - 1 : 0;
		/* The next number with as many bits. */
		while (chosen < BIT(BITS)) {
			u32 lowest = chosen & -chosen, ripple = chosen + lowest;

			*mask = spread(chosen);
			if (accepted(cell, *mask))
				return 0;
			if (!chosen)
				break;
			chosen = ripple | (((chosen ^ ripple) / lowest) >> 2);
		}
		cond_resched();
		if (fatal_signal_pending(current))
			return -EINTR;
	}
	return -ENOENT;
}

static void measure(struct cell *cell, u32 mask)
{
	unsigned int i;

	cell->required = 0;
	cell->optional = 0;
	for (i = 0; i < BITS; i++) {
		u32 bit = spread(BIT(i));

		if (!accepted(cell, mask & ~bit))
			cell->required |= bit;
		else if (accepted(cell, mask | bit))
			cell->optional |= bit;
	}
}

static bool predicted(const struct cell *cell, u32 mask)
{
	return !(cell->required & ~mask) && !(mask & ~(cell->required | cell->optional));
}

/* How many of the masks around the required and the full one, and of the small ones, are not as the result says. */
static unsigned int disagreements(const struct cell *cell)
{
	const u32 around[] = { 0, cell->required, cell->required | cell->optional };
	unsigned int i, j, k, count = 0;

	for (k = 0; k < ARRAY_SIZE(around); k++)
		for (i = 0; i < BITS; i++)
			for (j = i; j < BITS; j++) {
				u32 mask = around[k] ^ spread(BIT(i) | BIT(j));

				count += accepted(cell, mask) != predicted(cell, mask);
			}
	return count;
}

int conform_qp_table(struct conform_report *report, struct conform_command *command)
{
	unsigned int i, from, to, legal = 0, wrong = 0;
	struct cell cell;
	u32 mask;
	int error;

	error = conform_understood(report, command);
	if (error)
		return error;
	for (i = 0; i < ARRAY_SIZE(types); i++)
		for (from = 0; from < ARRAY_SIZE(states); from++)
			for (to = 0; to < ARRAY_SIZE(states); to++) {
				cell = (struct cell){ .type = types[i].type, .from = from, .to = to };
				error = smallest(&cell, &mask);
				if (error == -ENOENT)
					continue;
				if (error)
					return error;
				measure(&cell, mask);
				legal++;
				wrong += disagreements(&cell);
				conform_say(report, "%s.%s.%s=%x/%x\n", types[i].name, states[from], states[to],
					    cell.required, cell.optional);
			}
	conform_say(report, "legal=%u\nmost_required=%u\ndisagreements=%u\n", legal, MOST, wrong);
	return 0;
}
