// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* The consumer inside the kernel. */
#include <unistd.h>

#include "selftest.h"

void try_consumer(void)
{
	static const char *const contexts[] = { "process", "spinlock", "irqoff", "tasklet", "timer" };
	bool has_ah = false;
	long long pd, ah;
	unsigned int i;
	double begun;

	check(!consumer("kernel_call device=%s object=pd method=create atomic=0", device) && !reported("errno"),
	      "kernel pd: %s", report);
	pd = reported("handle");
	for (i = 0; i < 5; i++) {
		begun = now();
		if (i == 2 && sysconf(_SC_NPROCESSORS_ONLN) < 2) {
			check(consumer("detector_test context=irqoff") == EBUSY, "irqoff alone: %s", report);
			continue;
		}
		check(!consumer("detector_test context=%s", contexts[i]) && reported("entered_mutex_lock") == 1 &&
		      reported("entered_allocation_that_waits") >= 1 && reported("violations") >= 2,
		      "the detector in %s: %s", contexts[i], report);
		check(!consumer("kernel_call device=uverbs0 context=%s sleepable=0 object=ah method=create pd=%lld "
				"path_roce.port=1 path_roce.sgid_index=0 path_roce.hop_limit=64 path_roce.reserved=0 "
				"path_roce.dgid_high=0 path_roce.dgid_low=0xffffc0000202", contexts[i], pd),
		      "ah in %s: %s", contexts[i], report);
		ah = reported("handle");
		printf("ah_create_%s errno=%lld violations=%lld microseconds=%lld\n", contexts[i], reported("errno"),
		       reported("violations"), reported("microseconds"));
		check(!reported("errno") || reported("errno") == EOPNOTSUPP, "ah in %s: %s", contexts[i], report);
		if (reported("errno"))
			continue;
		has_ah = true;
		check(!consumer("kernel_call device=%s object=pd method=destroy on=%lld", device, pd) &&
		      reported("errno") == EBUSY, "pd in use: %s", report);
		check(!consumer("kernel_call device=%s context=%s object=ah method=destroy on=%lld", device, contexts[i],
				ah), "destroy in %s: %s", contexts[i], report);
		printf("ah_destroy_%s errno=%lld violations=%lld microseconds=%lld total_ms=%.0f\n", contexts[i],
		       reported("errno"), reported("violations"), reported("microseconds"), now() - begun);
	}
	check(!consumer("kernel_call device=%s atomic=0 sleepable=1 object=ah method=create pd=%lld dgid=fe80::1",
			device, pd) && !reported("violations"), "sleepable: %s", report);
	check(consumer("kernel_call device=%s atomic=1 sleepable=1 object=ah method=create pd=%lld", device, pd) ==
	      EINVAL, "sleepable and atomic: %s", report);
	check(consumer("kernel_call device=%s object=ah method=create pd=%lld port=3", device, pd) == EINVAL,
	      "port 3: %s", report);
	check(!consumer("kernel_call device=%s object=ah method=create pd=1", device) && reported("errno") == ENOENT,
	      "no pd: %s", report);
	check(!consumer("kernel_reset device=%s", device) && reported("left") == 1 + has_ah, "left: %s", report);
	/* A device goes with objects of the kernel on it. */
	check(!consumer("kernel_call device=%s object=pd method=create", device) && !reported("errno"), "%s", report);
	check(!consumer("kernel_call device=%s object=ah method=create pd=%lld", device, reported("handle")), "%s", report);
	try_removal(false);
}
