// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Who sleeps where nothing may: probes on the functions by which code in the kernel sleeps, and on allocations that
 * may wait for memory. What counts is entered by the watched task on the watched processor while its call runs. An
 * entry counts whether or not it slept this time: a mutex that happened to be free could have been taken.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/gfp.h>
#include <linux/kprobes.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "consumer.h"

static int probe_hit(struct kprobe *probe, struct pt_regs *registers);

/* `__cond_resched` is what might_sleep() comes to in a kernel that is not being debugged. */
static const char *const symbols[] = {
	"schedule",
	"schedule_timeout",
	"__cond_resched",
	"__might_sleep",
	"mutex_lock",
	"mutex_lock_interruptible",
	"mutex_lock_killable",
	"down",
	"down_interruptible",
	"down_killable",
	"down_read",
	"down_write",
	"wait_for_completion",
	"wait_for_completion_timeout",
	"wait_for_completion_interruptible",
	"wait_for_completion_interruptible_timeout",
	"wait_for_completion_killable",
	"wait_for_completion_killable_timeout",
	"msleep",
	"msleep_interruptible",
	"usleep_range_state",
	"synchronize_rcu",
	"synchronize_srcu",
	"flush_work",
	"cancel_work_sync",
};

/* What the detector is worth nothing without. */
static const char *const indispensable[] = { "schedule", "mutex_lock", "wait_for_completion" };

#define PROBES ARRAY_SIZE(symbols)
#define ALLOCATIONS PROBES

static struct kprobe probes[PROBES];
static bool present[PROBES];
static atomic_t hits[PROBES + 1];

static bool armed;

/* The task and the processor of the call that runs; no task where none does. */
static struct task_struct *watched_task;
static int watched_cpu;

static void count(unsigned int what)
{
	if (READ_ONCE(watched_task) != current)
		return;
	/* A call that may be preempted may also move. */
	if (watched_cpu >= 0 && watched_cpu != raw_smp_processor_id())
		return;
	atomic_inc(&hits[what]);
}
NOKPROBE_SYMBOL(count);

static int probe_hit(struct kprobe *probe, struct pt_regs *registers)
{
	count(probe - probes);
	return 0;
}
NOKPROBE_SYMBOL(probe_hit);

/* An allocation that may wait for memory. */
void conform_detector_allocation(gfp_t flags)
{
	if (flags & __GFP_DIRECT_RECLAIM)
		count(ALLOCATIONS);
}

/*
 * Puts the probes in place. That changes the kernel's code and takes far longer than a call, so they stay until this
 * module goes; until the first call that is watched they cost nothing.
 */
int conform_detector_arm(void)
{
	unsigned int i;
	int error = 0;

	for (i = 0; i < PROBES && !armed && !error; i++)
		if (present[i])
			error = enable_kprobe(&probes[i]);
	if (armed || error)
		return error;
	error = conform_allocations_watch();
	armed = !error;
	return error;
}

/* In the context of the call, right before it. */
void conform_detector_begin(void)
{
	unsigned int i;

	for (i = 0; i <= ALLOCATIONS; i++)
		atomic_set(&hits[i], 0);
	watched_cpu = preemptible() ? -1 : raw_smp_processor_id();
	/* Only this task, on this processor, reads what was written here. */
	WRITE_ONCE(watched_task, current);
}

/* Right after it: how often something was entered that sleeps. */
unsigned int conform_detector_end(void)
{
	unsigned int i, sum = 0;

	WRITE_ONCE(watched_task, NULL);
	for (i = 0; i <= ALLOCATIONS; i++)
		sum += atomic_read(&hits[i]);
	return sum;
}

/* Which functions they were, and how often each was entered. */
void conform_detector_report(struct conform_report *report)
{
	unsigned int i;

	for (i = 0; i <= ALLOCATIONS; i++)
		if (atomic_read(&hits[i]))
			conform_say(report, "entered_%s=%d\n", i < PROBES ? symbols[i] : "allocation_that_waits",
				    atomic_read(&hits[i]));
}

static bool is_indispensable(const char *symbol)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(indispensable); i++)
		if (!strcmp(indispensable[i], symbol))
			return true;
	return false;
}

static void unregister_probes(void)
{
	unsigned int i;

	for (i = 0; i < PROBES; i++)
		if (present[i])
			unregister_kprobe(&probes[i]);
}

int conform_detector_init(void)
{
	unsigned int i;
	int error;

	for (i = 0; i < PROBES; i++) {
		probes[i].symbol_name = symbols[i];
		probes[i].pre_handler = probe_hit;
		probes[i].flags = KPROBE_FLAG_DISABLED;
		error = register_kprobe(&probes[i]);
		present[i] = !error;
		if (error && is_indispensable(symbols[i])) {
			pr_err("no probe on %s: %d\n", symbols[i], error);
			unregister_probes();
			return -EOPNOTSUPP;
		}
	}
	if (!conform_allocations_find()) {
		pr_err("no trace of allocations\n");
		unregister_probes();
		return -EOPNOTSUPP;
	}
	return 0;
}

void conform_detector_exit(void)
{
	if (armed)
		conform_allocations_unwatch();
	unregister_probes();
}
