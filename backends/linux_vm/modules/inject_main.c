// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* conform_inject: the device file, the commands, and the devices they are about. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

#include "inject.h"

/* Uverbs devices the kernel numbers at most. */
#define UVERBS_NODES 1024

static int read_line(const char *path, char *line, size_t size)
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

/* The device file of an RDMA device. Asked of sysfs, since the core keeps the link to itself. */
bool conform_uverbs_node(const char *device, char *node, size_t size)
{
	char path[64], line[IB_DEVICE_NAME_MAX + 2];
	unsigned int i;

	for (i = 0; i < UVERBS_NODES; i++) {
		snprintf(path, sizeof(path), "/sys/class/infiniband_verbs/uverbs%u/ibdev", i);
		if (read_line(path, line, sizeof(line)) || strcmp(line, device))
			continue;
		snprintf(node, size, "/dev/infiniband/uverbs%u", i);
		return true;
	}
	return false;
}

/* Which device a device file last belonged to: when the device has gone, nobody else can tell. */
static struct {
	char node[16];
	char device[IB_DEVICE_NAME_MAX];
} aliases[16];
static DEFINE_MUTEX(aliases_lock);

static void remember(const char *node, const char *device)
{
	static unsigned int next;
	unsigned int i;

	mutex_lock(&aliases_lock);
	for (i = 0; i < ARRAY_SIZE(aliases); i++)
		if (!strcmp(aliases[i].node, node))
			break;
	if (i == ARRAY_SIZE(aliases))
		i = next++ % ARRAY_SIZE(aliases);
	strscpy(aliases[i].node, node, sizeof(aliases[i].node));
	strscpy(aliases[i].device, device, sizeof(aliases[i].device));
	mutex_unlock(&aliases_lock);
}

static void recall(const char *node, char *device)
{
	unsigned int i;

	mutex_lock(&aliases_lock);
	for (i = 0; i < ARRAY_SIZE(aliases); i++)
		if (!strcmp(aliases[i].node, node))
			strscpy(device, aliases[i].device, IB_DEVICE_NAME_MAX);
	mutex_unlock(&aliases_lock);
}

/* The name of the device a command is about. It may be given by its device file, such as uverbs0. */
int conform_device_name(struct conform_report *report, struct conform_command *command, char *device)
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
	if (!str_has_prefix(name, "uverbs") || strlen(name) >= sizeof(aliases[0].node))
		return 0;
	snprintf(path, sizeof(path), "/sys/class/infiniband_verbs/%s/ibdev", name);
	if (read_line(path, line, sizeof(line)) || !*line) {
		recall(name, device);
		return 0;
	}
	strscpy(device, line, IB_DEVICE_NAME_MAX);
	remember(name, device);
	return 0;
}

/* The device a command is about, with a reference that keeps it registered. */
struct ib_device *conform_get_device(struct conform_report *report, struct conform_command *command)
{
	char name[IB_DEVICE_NAME_MAX];
	struct ib_device *ib;
	int error;

	error = conform_device_name(report, command, name);
	if (error)
		return ERR_PTR(error);
	ib = ib_device_get_by_name(name, RDMA_DRIVER_UNKNOWN);
	if (!ib)
		return ERR_PTR(conform_refuse(report, -ENODEV, "%s: no such device", name));
	return ib;
}

static int offers(struct conform_report *report, struct conform_command *command)
{
	struct ib_device *ib = conform_get_device(report, command);
	int error;

	if (IS_ERR(ib))
		return PTR_ERR(ib);
	error = conform_understood(report, command);
	if (!error) {
		conform_say(report, "offers");
		if (conform_removable(ib))
			conform_say(report, " remove");
		conform_say(report, " raise_event fail stall release restore methods");
		if (conform_port_settable(ib, rdma_start_port(ib)))
			conform_say(report, " set_port");
		conform_say(report, " qp_table\n");
	}
	ib_device_put(ib);
	return error;
}

static const struct {
	const char *action;
	conform_handler handler;
} commands[] = {
	{ "offers", offers },
	{ "remove", conform_remove },
	{ "raise_event", conform_raise },
	{ "fail", conform_fail },
	{ "stall", conform_stall },
	{ "release", conform_let_go },
	{ "restore", conform_restore },
	{ "methods", conform_methods },
	{ "set_port", conform_set_port },
	{ "qp_table", conform_qp_table },
};

static int handle(struct conform_report *report, struct conform_command *command)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i].action, command->action))
			return commands[i].handler(report, command);
	return conform_refuse(report, -EOPNOTSUPP, "%s: no such command", command->action);
}

static void greet(struct conform_report *report)
{
	unsigned int i;

	conform_say(report, "offers");
	for (i = 1; i < ARRAY_SIZE(commands); i++)
		conform_say(report, " %s", commands[i].action);
	conform_say(report, "\n");
}

static int inject_open(struct inode *inode, struct file *file)
{
	return conform_open(file, greet);
}

static ssize_t inject_write(struct file *file, const char __user *from, size_t count, loff_t *offset)
{
	return conform_write(file, from, count, handle);
}

static const struct file_operations inject_files = {
	.owner = THIS_MODULE,
	.open = inject_open,
	.read = conform_read,
	.write = inject_write,
	.release = conform_release,
};

static struct miscdevice inject_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "conform_inject",
	.fops = &inject_files,
	.mode = 0600,
};

static void device_goes(struct ib_device *ib, void *unused)
{
	conform_ops_remove(ib);
}

static struct ib_client inject_client = {
	.name = "conform_inject",
	.add = conform_ops_add,
	.remove = device_goes,
	.no_kverbs_req = true,
};

static int __init inject_init(void)
{
	int error;

	error = conform_remove_init();
	if (error)
		return error;
	error = ib_register_client(&inject_client);
	if (error) {
		pr_err("the RDMA core refuses a client: %d\n", error);
		goto no_client;
	}
	error = misc_register(&inject_device);
	if (error) {
		pr_err("no /dev/conform_inject: %d\n", error);
		goto no_device;
	}
	return 0;

no_device:
	ib_unregister_client(&inject_client);
	conform_ops_drain();
no_client:
	conform_remove_exit();
	return error;
}

static void __exit inject_exit(void)
{
	misc_deregister(&inject_device);
	conform_remove_exit();
	ib_unregister_client(&inject_client);
	conform_ops_drain();
}

module_init(inject_init);
module_exit(inject_exit);

MODULE_DESCRIPTION("Hot removal, events and failing operations on an unmodified RDMA driver");
MODULE_AUTHOR("rdma-conformance");
MODULE_LICENSE("Dual BSD/GPL");
