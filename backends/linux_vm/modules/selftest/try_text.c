// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What the modules tell, and what they make of garbage. */
#include <stdlib.h>
#include <string.h>

#include "selftest.h"

void try_table(void)
{
	double begun = now();

	check(!inject("qp_table"), "qp_table: %s", report);
	printf("%sqp_table_ms=%.0f\n", report, now() - begun);
	check(reported("legal") == 22 * 8 && reported("disagreements") == 0, "qp_table: %lld pairs", reported("legal"));
}

void try_garbage(void)
{
	static const char *const words[] = { "remove", "fail", "stall", "device=", "device=rxe0", "method=alloc_pd", "=",
					     "errno=", "errno=99999999999999999999", "kernel_call", "object=ah", "\x01",
					     "method=create", "pd=-1", "raise_event", "event=", "event=0", "object=cq",
					     "fd=-1", "fd=2147483647", "pid=1", "handle=0xffffffff", " ", "dgid=zz",
					     "a.b.c=d", "context=irqof", "release", "set_link", "port=0", "qpn=1" };
	char text[2100];
	unsigned int i, j;

	srandom(1);
	for (i = 0; i < 2000; i++) {
		*text = 0;
		for (j = random() % 8; j--;) {
			const char *word = words[random() % (sizeof(words) / sizeof(*words))];

			/* Never the whole of a removal. */
			if (!strcmp(word, "remove"))
				word = "removes";
			strcat(strcat(text, word), " ");
		}
		ask(random() % 2 ? "/dev/conform_inject" : "/dev/conform_consumer", "%s", text);
	}
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = 0;
	check(inject("%s", text) != 0, "an endless command was taken");
	check(inject("remove device=%s unknown=1", device) == EINVAL, "an unknown key: %s", report);
	check(inject("remove device=%s device=%s", device, device) == EINVAL, "a key twice: %s", report);
	check(!inject("restore device=%s", device), "restore: %s", report);
	check(!consumer("kernel_reset device=%s", device), "kernel_reset: %s", report);
}
