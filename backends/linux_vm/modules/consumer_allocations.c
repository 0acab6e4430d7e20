// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Tells the detector of allocations: the kernel has trace points for them, which cost nothing while nobody looks. */
#include <linux/slab.h>
#include <linux/tracepoint.h>
#include <trace/events/kmem.h>

#include "consumer.h"

static struct tracepoint *kmalloc_point;
static struct tracepoint *cache_point;
static struct tracepoint *page_point;

static void on_kmalloc(void *unused, unsigned long site, const void *pointer, size_t asked, size_t got, gfp_t flags,
		       int node)
{
	conform_detector_allocation(flags);
}

static void on_cache(void *unused, unsigned long site, const void *pointer, struct kmem_cache *cache, gfp_t flags,
		     int node)
{
	conform_detector_allocation(flags);
}

static void on_pages(void *unused, struct page *page, unsigned int order, gfp_t flags, int type)
{
	conform_detector_allocation(flags);
}

static void find_point(struct tracepoint *point, void *unused)
{
	if (!strcmp(point->name, "kmalloc"))
		kmalloc_point = point;
	else if (!strcmp(point->name, "kmem_cache_alloc"))
		cache_point = point;
	else if (!strcmp(point->name, "mm_page_alloc"))
		page_point = point;
}

/* Whether the kernel has what is needed. */
bool conform_allocations_find(void)
{
	/* The kernel's own declarations hold the types of these. */
	check_trace_callback_type_kmalloc(on_kmalloc);
	check_trace_callback_type_kmem_cache_alloc(on_cache);
	check_trace_callback_type_mm_page_alloc(on_pages);
	for_each_kernel_tracepoint(find_point, NULL);
	return kmalloc_point && cache_point;
}

/* Does no harm where nothing is watched. */
void conform_allocations_unwatch(void)
{
	if (page_point)
		tracepoint_probe_unregister(page_point, on_pages, NULL);
	tracepoint_probe_unregister(cache_point, on_cache, NULL);
	tracepoint_probe_unregister(kmalloc_point, on_kmalloc, NULL);
	tracepoint_synchronize_unregister();
}

int conform_allocations_watch(void)
{
	int error;

	error = tracepoint_probe_register(kmalloc_point, on_kmalloc, NULL) ?:
		tracepoint_probe_register(cache_point, on_cache, NULL) ?:
		(page_point ? tracepoint_probe_register(page_point, on_pages, NULL) : 0);
	if (error)
		conform_allocations_unwatch();
	return error;
}
