// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "selftest.h"

__thread char report[40000];

int ask(const char *node, const char *format, ...)
{
	char text[2048];
	va_list arguments;
	ssize_t got, length;
	int fd = open(node, O_RDWR | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno;
	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (write(fd, text, length) != length)
		error = errno;
	for (length = 0; (got = read(fd, report + length, sizeof(report) - 1 - length)) > 0; length += got)
		;
	report[length] = 0;
	close(fd);
	return error;
}

long long reported(const char *key)
{
	char *at = report;
	size_t length = strlen(key);

	while (at && *at) {
		if (!strncmp(at, key, length) && at[length] == '=')
			return strtoll(at + length + 1, NULL, 0);
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	return -1;
}

int load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;

	if (fd < 0)
		return errno;
	error = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;
	close(fd);
	return error;
}

int unload(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? errno : 0;
}

int references(const char *name)
{
	char line[512], found[64];
	int count, result = -1;
	FILE *file = fopen("/proc/modules", "re");

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "%63s %*d %d", found, &count) == 2 && !strcmp(found, name))
			result = count;
	if (file)
		fclose(file);
	return result;
}
