/*
 * Test support: stands for the agent in tests of the guest. Sends back what it hears; `panic` makes the kernel panic, and
 * `end` makes it end.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **arguments) {
	char heard[4096];
	int port = open(count > 2 ? arguments[2] : "", O_RDWR);
	if (port < 0) return 3;
	for (;;) {
		ssize_t length = read(port, heard, sizeof heard);
		if (length < 0) return 4;
		/* Nobody is there. */
		if (length == 0) usleep(1000);
		if (length >= 3 && !memcmp(heard, "end", 3)) return 7;
		if (length >= 5 && !memcmp(heard, "panic", 5)) {
			int trigger = open("/proc/sysrq-trigger", O_WRONLY);
			if (trigger < 0 || write(trigger, "c", 1) != 1) return 5;
		}
		if (length > 0 && write(port, heard, (size_t)length) != length) return 6;
	}
}
