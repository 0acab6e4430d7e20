// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Makes a call in one of the contexts that the kernel has. */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/ktime.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

#include "consumer.h"

static const char *const contexts[] = {
	[CONFORM_PROCESS] = "process", [CONFORM_SPINLOCK] = "spinlock", [CONFORM_IRQOFF] = "irqoff",
	[CONFORM_TASKLET] = "tasklet", [CONFORM_TIMER] = "timer",
};

int conform_context_of(const char *name)
{
	return match_string(contexts, ARRAY_SIZE(contexts), name);
}

const char *conform_context_name(enum conform_context context)
{
	return contexts[context];
}

/* Why a context cannot be had here; NULL where it can. */
const char *conform_context_refused(enum conform_context context)
{
	if (context != CONFORM_PROCESS && IS_ENABLED(CONFIG_PREEMPT_RT))
		return "this kernel is a realtime one, whose spinlocks and tasklets may sleep";
	/* Whoever polls the clock with interrupts off waits for ever where nobody else advances it. */
	if (context == CONFORM_IRQOFF && num_online_cpus() < 2)
		return "with interrupts off on the only processor the clock stands still, and a driver that polls it hangs";
	return NULL;
}

static void measured(struct conform_work *work)
{
	ktime_t begun;

	if (work->watched)
		conform_detector_begin();
	begun = ktime_get();
	work->run(work);
	work->made = true;
	work->nanoseconds = ktime_to_ns(ktime_sub(ktime_get(), begun));
	work->violations = work->watched ? conform_detector_end() : 0;
}

static void under_spinlock(struct conform_work *work)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	measured(work);
	spin_unlock(&lock);
}

static void with_interrupts_off(struct conform_work *work)
{
	static DEFINE_SPINLOCK(lock);
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	measured(work);
	spin_unlock_irqrestore(&lock, flags);
}

/* A call that an interrupt makes for us. */
struct deferred {
	struct conform_work *work;
	struct completion done;
	struct tasklet_struct tasklet;
	struct timer_list timer;
};

static void in_tasklet(struct tasklet_struct *tasklet)
{
	struct deferred *deferred = from_tasklet(deferred, tasklet, tasklet);

	measured(deferred->work);
	complete(&deferred->done);
}

static void in_timer(struct timer_list *timer)
{
	struct deferred *deferred = from_timer(deferred, timer, timer);

	measured(deferred->work);
	complete(&deferred->done);
}

/* Not interruptible: the call is under way and uses what belongs to the caller. */
static int defer(enum conform_context context, struct conform_work *work)
{
	struct deferred *deferred = kzalloc(sizeof(*deferred), GFP_KERNEL);

	if (!deferred)
		return -ENOMEM;
	deferred->work = work;
	init_completion(&deferred->done);
	tasklet_setup(&deferred->tasklet, in_tasklet);
	timer_setup(&deferred->timer, in_timer, 0);
	if (context == CONFORM_TASKLET)
		tasklet_schedule(&deferred->tasklet);
	else
		mod_timer(&deferred->timer, jiffies + 1);
	wait_for_completion(&deferred->done);
	tasklet_kill(&deferred->tasklet);
	del_timer_sync(&deferred->timer);
	kfree(deferred);
	return 0;
}

/* Makes the call and returns when it is over: 0, or why it was not made. */
int conform_run(enum conform_context context, struct conform_work *work)
{
	int error = work->watched ? conform_detector_arm() : 0;

	if (error)
		return error;
	switch (context) {
	case CONFORM_SPINLOCK:
		under_spinlock(work);
		break;
	case CONFORM_IRQOFF:
		with_interrupts_off(work);
		break;
	case CONFORM_TASKLET:
	case CONFORM_TIMER:
		error = defer(context, work);
		break;
	default:
		measured(work);
	}
	return error;
}
