/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* How commands name a device: by its own name, or by that of its device file. For one file of each module. */
#ifndef CONFORM_DEVICE_H
#define CONFORM_DEVICE_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <rdma/ib_verbs.h>

#include "conform_text.h"

/* The first line of a file of sysfs. */
static int conform_read_line(const char *path, char *line, size_t size)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	loff_t offset = 0;
	ssize_t got;

	if (IS_ERR(file))
		return PTR_ERR(file);
	got = kernel_read(file, line, size - 1, &offset);
	filp_close(file, NULL);
	if (got < 0)
		return got;
	line[got] = '\0';
	strim(line);
	return 0;
}

/* Which device a device file last belonged to: when the device has gone, nobody else can tell. */
static struct {
	char node[16];
	char device[IB_DEVICE_NAME_MAX];
} conform_aliases[16];
static DEFINE_MUTEX(conform_aliases_lock);

static void conform_remember(const char *node, const char *device)
{
	static unsigned int next;
	unsigned int i;

	mutex_lock(&conform_aliases_lock);
	for (i = 0; i < ARRAY_SIZE(conform_aliases); i++)
		if (!strcmp(conform_aliases[i].node, node))
			break;
	if (i == ARRAY_SIZE(conform_aliases))
		i = next++ % ARRAY_SIZE(conform_aliases);
	strscpy(conform_aliases[i].node, node, sizeof(conform_aliases[i].node));
	strscpy(conform_aliases[i].device, device, sizeof(conform_aliases[i].device));
	mutex_unlock(&conform_aliases_lock);
}

static void conform_recall(const char *node, char *device)
{
	unsigned int i;

	mutex_lock(&conform_aliases_lock);
	for (i = 0; i < ARRAY_SIZE(conform_aliases); i++)
		if (!strcmp(conform_aliases[i].node, node))
			strscpy(device, conform_aliases[i].device, IB_DEVICE_NAME_MAX);
	mutex_unlock(&conform_aliases_lock);
}

/* The name of the device a command is about. It may be given by its device file, such as uverbs0. */
static int conform_name_of(struct conform_report *report, struct conform_command *command, char *device)
{
	char path[64], line[IB_DEVICE_NAME_MAX + 2];
	const char *name;
	int error;

	error = conform_word(report, command, "device", &name);
	if (error)
		return error;
	if (strrchr(name, '/'))
		name = strrchr(name, '/') + 1;
	if (strscpy(device, name, IB_DEVICE_NAME_MAX) <= 0)
		return conform_refuse(report, -EINVAL, "device: a name of up to %d characters", IB_DEVICE_NAME_MAX - 1);
	if (!str_has_prefix(name, "uverbs") || strlen(name) >= sizeof(conform_aliases[0].node))
		return 0;
	snprintf(path, sizeof(path), "/sys/class/infiniband_verbs/%s/ibdev", name);
	if (conform_read_line(path, line, sizeof(line)) || !*line) {
		conform_recall(name, device);
		return 0;
	}
	strscpy(device, line, IB_DEVICE_NAME_MAX);
	conform_remember(name, device);
	return 0;
}

#endif
