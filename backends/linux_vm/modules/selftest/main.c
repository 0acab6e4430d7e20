// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Tries both modules on a software driver: selftest DRIVER NETDEV CONFORM_INJECT.ko CONFORM_CONSUMER.ko [ROUNDS]
 * For a guest that is thrown away: it removes the device again and again. Ends with 0 where everything held.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "selftest.h"

const char *driver, *netdev;
char device[32];

int main(int argc, char **argv)
{
	int round, left, rounds = argc > 5 ? atoi(argv[5]) : 50;
	double took, most = 0, sum = 0;
	struct context context;
	const char *module;

	if (argc < 5) {
		fprintf(stderr, "usage: selftest DRIVER NETDEV CONFORM_INJECT.ko CONFORM_CONSUMER.ko [ROUNDS]\n");
		return 2;
	}
	driver = argv[1];
	module = strcmp(driver, "rxe") ? driver : "rdma_rxe";
	netdev = argv[2];
	snprintf(device, sizeof(device), "%s0", driver);
	setbuf(stdout, NULL);
	check(references("conform_inject") >= 0 || !load(argv[3]), "loading %s: %d", argv[3], errno);
	if (access(NODE, R_OK))
		check(!plug(), "plug: %d", errno);
	check(!load(argv[4]), "loading %s: %d", argv[4], errno);
	inject("offers device=%s", device);
	printf("%s", report);
	try_failures();
	try_stalls();
	try_events();
	try_link();
	try_mapped();
	try_table();
	try_consumer();
	try_garbage();
	for (round = 0; round < rounds; round++) {
		took = try_removal(false);
		sum += took;
		most = took > most ? took : most;
	}
	printf("removals=%d mean_ms=%.1f most_ms=%.1f\n", rounds, sum / rounds, most);
	for (round = 0; round < 5; round++)
		try_removal(true);

	try_killed_removal();

	try_churn(module);
	/* At most these were left by files that were opened too early; the module that is loaded holds one more. */
	left = references(module) - 1;

	/* Unloading restores what was there, under an open file with objects. */
	open_context(&context);
	check(!inject("fail device=%s method=alloc_pd errno=5", device), "fail: %s", report);
	check(!inject("fail device=%s method=create_qp errno=5", device), "fail: %s", report);
	took = now();
	check(!unload("conform_inject"), "unloading conform_inject: %d", errno);
	printf("unload_ms=%.0f\n", now() - took);
	check(!unload("conform_consumer"), "unloading conform_consumer: %d", errno);
	populate(&context);
	close_context(&context);
	check(!load(argv[3]) && !load(argv[4]), "loading again: %d", errno);
	check(!inject("remove device=%s", device) && reported("driver_references") <= left, "remove: %s", report);
	check(references(module) <= left, "%d references on the driver at the end", references(module));
	check(reported("driver_references") >= 0, "too many references were given back: %s", report);
	printf("%s", report);
	check(!unload("conform_inject") && !unload("conform_consumer"), "unloading again: %d", errno);
	printf("checks=%d failures=%d\n", checks, failures);
	return failures > 0;
}
