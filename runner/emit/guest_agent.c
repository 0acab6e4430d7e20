/*
 * Test support: stands for the agent in a guest, and is linked with emitted programs, whose main functions are check_0,
 * check_1, ... Runs the one whose number it hears, each in a process of its own, and sends what it prints and how it ends.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* CHECKS is a list of X(n). */
#define X(n) int check_##n(int count, char **arguments);
CHECKS
#undef X

static int (*const checks[])(int count, char **arguments) = {
#define X(n) check_##n,
CHECKS
#undef X
};

static int run(unsigned int number, int port) {
	char *arguments[] = {"check", "/dev/infiniband/uverbs0", NULL};
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		dup2(port, STDOUT_FILENO);
		exit(number < sizeof checks / sizeof *checks ? checks[number](2, arguments) : 99);
	}
	if (child < 0 || waitpid(child, &status, 0) != child) return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int main(int count, char **arguments) {
	char heard[16];
	int port = open(count > 2 ? arguments[2] : "", O_RDWR);
	if (port < 0) return 3;
	for (;;) {
		ssize_t length = read(port, heard, sizeof heard - 1);
		if (length < 0) return 4;
		/* Nobody is there. */
		if (length == 0) usleep(1000);
		if (length <= 0) continue;
		heard[length] = '\0';
		dprintf(port, "\nexit code %d\n", run((unsigned int)atoi(heard), port));
	}
}
