// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* conform_inject: the device file, the commands, and the devices they are about. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

#include "conform_device.h"
#include "inject.h"

/* Uverbs devices the kernel numbers at most. */
#define UVERBS_NODES 1024

/* The device file of an RDMA device. Asked of sysfs, since the core keeps the link to itself. */
bool conform_uverbs_node(const char *device, char *node, size_t size)
{
	char path[64], line[IB_DEVICE_NAME_MAX + 2];
	unsigned int i;

	for (i = 0; i < UVERBS_NODES; i++) {
		snprintf(path, sizeof(path), "/sys/class/infiniband_verbs/uverbs%u/ibdev", i);
		if (conform_read_line(path, line, sizeof(line)) || strcmp(line, device))
			continue;
		snprintf(node, size, "/dev/infiniband/uverbs%u", i);
		return true;
	}
	return false;
}

int conform_device_name(struct conform_report *report, struct conform_command *command, char *device)
{
	return conform_name_of(report, command, device);
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
		if (conform_has_link(ib, rdma_start_port(ib)))
			conform_say(report, " set_link");
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
	{ "set_link", conform_set_link },
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
	conform_device_remove(ib);
}

static struct ib_client inject_client = {
	.name = "conform_inject",
	.add = conform_device_add,
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
	conform_devices_drain();
no_client:
	conform_remove_exit();
	return error;
}

static void __exit inject_exit(void)
{
	misc_deregister(&inject_device);
	conform_remove_exit();
	ib_unregister_client(&inject_client);
	conform_devices_drain();
}

module_init(inject_init);
module_exit(inject_exit);

MODULE_DESCRIPTION("Hot removal, events and failing operations on an unmodified RDMA driver");
MODULE_AUTHOR("rdma-conformance");
MODULE_LICENSE("Dual BSD/GPL");
