/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Kernels these modules were tried on. */
#ifndef CONFORM_KERNEL_H
#define CONFORM_KERNEL_H

#include <linux/version.h>

#if (LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0) || LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)) && \
	!defined(CONFORM_UNTRIED_KERNEL)
#error "tried on Linux 6.1 and 6.12 alone; -DCONFORM_UNTRIED_KERNEL builds for another one, at your own risk"
#endif

#endif
